// Passkeys: asks the server for a question, lets the browser's authenticator answer, sends the answer back.
const fault = document.getElementById("fault");

const say = text => {
  fault.textContent = text;
  fault.hidden = false;
};

const post = async (path, values) => {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(values), redirect: "error" });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.title);
  return body;
};

const token = form => form.elements.form_token?.value ?? "";

const add = async form => {
  const asked = await post("/account/passkeys/question", { form_token: token(form) });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(asked.options));
  const key = await navigator.credentials.create({ publicKey });
  const done = await post("/account/passkeys", {
    form_token: token(form), challenge: asked.challenge, name: form.elements.name.value, answer: JSON.stringify(key.toJSON()),
  });
  location.assign(done.to);
};

const signIn = async form => {
  const asked = await post("/sign-in/passkey/question", {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(asked.options));
  const key = await navigator.credentials.get({ publicKey });
  const done = await post("/sign-in/passkey", {
    challenge: asked.challenge, to: form.elements.to.value, answer: JSON.stringify(key.toJSON()),
  });
  location.assign(done.to);
};

for (const [id, act] of [["add-passkey", add], ["passkey", signIn]]) {
  document.getElementById(id)?.addEventListener("submit", async event => {
    event.preventDefault();
    fault.hidden = true;
    try {
      if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) throw new Error("This browser has no passkeys for this address.");
      await act(event.target);
    } catch (problem) {
      say(problem.name === "NotAllowedError" ? "The passkey was not given. Try again, or use another way."
        : problem.name === "SecurityError" ? "Passkeys need a name: open this page under https, or as http://localhost on this machine."
        : problem.message);
    }
  });
}
