// A preload: counts, before any script of the page runs, each callback that a timer of the page runs.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- sandboxed preloads are CommonJS
const { webFrame } = require('electron')

void webFrame.executeJavaScript(`{
  let ran = 0
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']) {
    const plain = globalThis[name]
    globalThis[name] = (run, ...rest) => plain((...given) => {
      ran += 1
      run(...given)
    }, ...rest)
  }
  Object.defineProperty(globalThis, 'timersRan', { get: () => ran })
}`)
