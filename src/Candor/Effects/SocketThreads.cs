using System.Runtime.CompilerServices;

namespace Candor.Effects;

/// <summary>
/// The platform can finish a socket operation on the very thread that heard of it from the kernel, which saves a page
/// two changes of thread: a quarter of what it costs. Whoever stays on such a thread holds up every other socket, so only the
/// pages do, which never wait; all else leaves it first.
/// </summary>
internal static class SocketThreads
{
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>For this process, and without effect once it has opened a socket. An owner's own word on it stands.</summary>
    public static void FinishInPlace()
    {
        if (Environment.GetEnvironmentVariable(Switch) is null)
        {
            Environment.SetEnvironmentVariable(Switch, "1");
        }
    }

    /// <summary>Goes on where waiting and long work hold up nobody's sockets.</summary>
    public static Leaving LeaveAsync() => default;

    /// <summary>Runs work and everything that it awaits away from the sockets' threads.</summary>
    public static Task RunElsewhere(Func<Task> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.None, PoolScheduler.Instance).Unwrap();

    /// <summary>
    /// Ends on the pool whatever happens in between. A task would not do: where it is completed before it is awaited,
    /// the caller goes on where it was.
    /// </summary>
    public readonly struct Leaving : ICriticalNotifyCompletion
    {
        public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread;

        public Leaving GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) =>
            ThreadPool.QueueUserWorkItem(static goOn => goOn(), continuation, preferLocal: false);

        public void UnsafeOnCompleted(Action continuation) =>
            ThreadPool.UnsafeQueueUserWorkItem(static goOn => goOn(), continuation, preferLocal: false);
    }

    /// <summary>Unlike the default scheduler it is remembered across an await, also when a socket's thread ends that.</summary>
    private sealed class PoolScheduler : TaskScheduler
    {
        public static readonly PoolScheduler Instance = new();

        protected override void QueueTask(Task task) =>
            ThreadPool.UnsafeQueueUserWorkItem(static t => Instance.TryExecuteTask(t), task, preferLocal: true);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
            Thread.CurrentThread.IsThreadPoolThread && TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
