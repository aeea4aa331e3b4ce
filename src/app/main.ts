import { createApp } from 'vue'
import App from './App.vue'
import { createAppContext } from '../base/app-context'
import { catchUncaught } from './uncaught'
import { browserTime } from '../base/clock/window-time'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/controls.css'
import '../styles/fields.css'
import '../styles/overlays.css'

window.addEventListener('online', () => {
  void window.tokenDesk.networkIsBack(undefined)
})

// eslint-disable-next-line @typescript-eslint/no-unsafe-argument -- ESLint can't see into .vue files; vue-tsc checks this
const app = createApp(App)
catchUncaught(app, { bridge: window.tokenDesk, window, document })
app.use(createAppContext({ bridge: window.tokenDesk, time: browserTime })).mount('#app')
