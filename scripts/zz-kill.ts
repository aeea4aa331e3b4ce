import { createRandom } from './torture/random'
import { tortureByKills } from './torture/kill'
const t = performance.now()
console.log(await tortureByKills({ kills: Number(process.argv[2]), random: createRandom(Number(process.argv[3] ?? 1)), directory: '/tmp/torture-build', tell: console.log }))
console.log((performance.now() - t) / 1000)
