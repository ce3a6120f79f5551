// Passkeys: asks the browser for what a form names, puts the answer into its field and sends it. The only script.
(() => {
  "use strict";

  const bytes = (text) => {
    const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const descriptors = (list) => (list || []).map((item) => ({ ...item, id: bytes(item.id) }));

  const creationOptions = (json) => ({
    ...json,
    challenge: bytes(json.challenge),
    user: { ...json.user, id: bytes(json.user.id) },
    excludeCredentials: descriptors(json.excludeCredentials),
  });
  const requestOptions = (json) => ({
    ...json,
    challenge: bytes(json.challenge),
    allowCredentials: descriptors(json.allowCredentials),
  });

  // Browsers write this themselves since 2024 (`toJSON`), but not all of them, nor with every password manager.
  const answer = (credential) => {
    const response = credential.response;
    const json = {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: { clientDataJSON: text(response.clientDataJSON) },
    };
    if (credential.authenticatorAttachment) json.authenticatorAttachment = credential.authenticatorAttachment;
    if (response.attestationObject) {
      json.response.attestationObject = text(response.attestationObject);
      json.response.transports = response.getTransports ? response.getTransports() : [];
    } else {
      json.response.authenticatorData = text(response.authenticatorData);
      json.response.signature = text(response.signature);
      if (response.userHandle) json.response.userHandle = text(response.userHandle);
    }
    return json;
  };

  const notice = (form, name) => {
    for (const element of form.querySelectorAll("[data-passkey-notice]")) {
      element.hidden = element.dataset.passkeyNotice !== name;
    }
  };

  const send = (form, credential) => {
    form.elements.credential.value = JSON.stringify(answer(credential));
    HTMLFormElement.prototype.submit.call(form);
  };

  const press = async (form, options) => {
    notice(form, "");
    try {
      const credential = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: creationOptions(options) })
        : await navigator.credentials.get({ publicKey: requestOptions(options) });
      send(form, credential);
    } catch {
      notice(form, "failed");
    }
  };

  const offer = async (form, options) => {
    const isAvailable = PublicKeyCredential.isConditionalMediationAvailable;
    if (!isAvailable || !(await isAvailable.call(PublicKeyCredential))) return;
    try {
      send(form, await navigator.credentials.get({ mediation: "conditional", publicKey: requestOptions(options) }));
    } catch {
      // Nobody picked one: the form is still there.
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const options = JSON.parse(form.dataset.options);
    const isConditional = form.dataset.passkey === "conditional";
    if (!window.PublicKeyCredential || !navigator.credentials) {
      if (!isConditional) notice(form, "unsupported");
    } else if (isConditional) {
      offer(form, options);
    } else {
      for (const button of form.querySelectorAll("[data-awaits-script]")) button.disabled = false;
      form.addEventListener("submit", (event) => {
        if (event.submitter && event.submitter.name) return;
        event.preventDefault();
        press(form, options);
      });
    }
  }
})();
