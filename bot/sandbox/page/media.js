import { el, icon } from "./dom.js";
import { fileAddress } from "./server.js";
import { say } from "./words.js";

/** The picture or document of a message; null where it has none. */
export function media(message) {
  if (message.photo) return picture(message);
  return message.document ? document_(message.document) : null;
}

function picture(message) {
  const { file_id: id, width, height } = message.photo.at(-1);
  const address = fileAddress(id);
  const image = el("img", { src: address, width, height, alt: message.caption ?? say("photo"), decoding: "async" });
  return el("button.picture", { type: "button", onclick: () => enlarged(address, image.alt) }, image);
}

function enlarged(address, alt) {
  const dialog = el("dialog.lightbox", { "aria-label": say("photo") });
  const close = el("button.plain", { type: "button", onclick: () => dialog.close() }, say("close"));
  dialog.append(el("img", { src: address, alt }), close);
  dialog.addEventListener("click", (pressed) => pressed.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function document_(file) {
  const name = file.file_name;
  return el(
    "a.document",
    { href: fileAddress(file.file_id), download: name, "aria-label": say("download", { name }) },
    el("span.disc", {}, icon("file")),
    el("span.title", {}, name),
    el("span.size", {}, size(file.file_size)),
  );
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`;
}
