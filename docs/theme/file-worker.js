// Lets a page that was opened as a file search: browsers start no worker from a file, so its script runs in a frame
// without a window of its own. Over http the browser's own workers are used.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      document.body.append(this.frame)
      const inner = this.frame.contentWindow
      const pass = (to, data) => setTimeout(() => {
        // As between a page and a worker, each side has its own copy of what was said.
        const event = new MessageEvent("message", { data: structuredClone(data) })
        to.dispatchEvent(event)
        if (to === this && this.onmessage) this.onmessage(event)
      })
      this.waiting = []
      this.postMessage = data => this.waiting.push(data)
      inner.postMessage = data => pass(this, data)
      const load = from => new Promise((done, failed) => {
        const script = inner.document.createElement("script")
        script.src = from
        script.onload = done
        script.onerror = failed
        inner.document.body.append(script)
      })
      inner.importScripts = (...urls) =>
        urls.reduce((before, one) => before.then(() => load(one)), Promise.resolve())
      load(String(url)).then(() => {
        this.postMessage = data => pass(inner, data)
        this.waiting.forEach(this.postMessage)
      })
    }
    terminate() {
      this.frame.remove()
    }
  }
}
