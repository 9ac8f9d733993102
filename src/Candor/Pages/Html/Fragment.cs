using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Html;

/// <summary>The one component that is rendered: it holds a fragment, and all views are functions that return one.</summary>
internal sealed class Fragment : ComponentBase
{
    [Parameter, EditorRequired]
    public required RenderFragment Content { get; set; }

    protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
        builder.AddContent(0, Content);
}
