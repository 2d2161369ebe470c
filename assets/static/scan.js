// The camera as a scanner: each code that it sees becomes a line, once. The button shows only where the
// browser reads QR codes itself; without it, and without script, codes are typed or come from a scanner.
"use strict";
(async () => {
  const PAUSE_MS = 200;
  const camera = document.getElementById("camera");
  const codes = document.getElementById("ma");
  const devices = navigator.mediaDevices;
  if (!camera || !codes || !devices?.getUserMedia || !("BarcodeDetector" in window)) return;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return;

  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const [button, view, said] = ["button", "video", "[role=status]"].map((it) => camera.querySelector(it));
  const words = camera.dataset;
  let stream = null;
  let hasLeft = false;

  const lines = () => codes.value.split("\n").map((line) => line.trim()).filter(Boolean);

  function take(code) {
    const known = lines();
    // No stamp's code has a blank in it: what has is another symbol on the goods.
    if (!code || /\s/.test(code) || known.includes(code)) return;
    codes.value = [...known, code].join("\n") + "\n";
    codes.scrollTop = codes.scrollHeight;
    said.textContent = words.count.replace("#", known.length + 1);
    navigator.vibrate?.(50);
  }

  async function look(mine) {
    if (stream !== mine) return;
    // A picture that cannot be read yet is no failure: the next one may be.
    const found = await detector.detect(view).catch(() => []);
    if (stream !== mine) return;
    found.forEach((it) => take(it.rawValue.trim()));
    setTimeout(look, PAUSE_MS, mine);
  }

  function stop() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    view.srcObject = null;
    view.hidden = true;
    button.textContent = words.start;
  }

  function lose() {
    stop();
    said.textContent = words.denied;
  }

  async function start() {
    button.disabled = true;
    try {
      stream = await devices.getUserMedia({ video: { facingMode: "environment" } });
      // Taken away by somebody, or asked for by a page that was left meanwhile.
      stream.getVideoTracks().forEach((track) => track.addEventListener("ended", lose));
      if (hasLeft) return stop();
      view.srcObject = stream;
      view.hidden = false;
      await view.play();
      button.textContent = words.stop;
      said.textContent = words.ready;
      look(stream);
    } catch {
      lose();
    } finally {
      button.disabled = false;
    }
  }

  button.addEventListener("click", () => (stream ? stop() : start()));
  addEventListener("pagehide", () => {
    hasLeft = true;
    stop();
  });
  addEventListener("pageshow", () => (hasLeft = false));
  button.textContent = words.start;
  camera.hidden = false;
})();
