/** The contract's calls about gateways. */
import * as z from 'zod/mini'
import { GATEWAY_FORMATS, HIGHEST_PORT, LOWEST_PORT } from '../gateway-formats'
import { accountId } from '../ids'
import { lazy } from '../lazy'

export const gatewayCalls = {
  /** Opens or closes the account's gateway. It stays open where the port is the problem (`gateway-port`). */
  setGateway: lazy(() => ({ input: z.object({ id: accountId, open: z.boolean() }), output: z.undefined() })),
  /** Whoever has it can use the account: to be shown where the user looks, and forgotten. */
  getGatewayAddress: lazy(() => ({ input: z.object({ id: accountId }), output: z.string() })),
  /** The one before leads nowhere from then on. */
  newGatewayAddress: lazy(() => ({ input: z.object({ id: accountId }), output: z.string() })),
  copyGateway: lazy(() => ({
    input: z.object({ id: accountId, format: z.enum(GATEWAY_FORMATS) }),
    output: z.undefined(),
  })),
  /** Lets requests change production for 15 minutes. */
  armGateway: lazy(() => ({ input: z.object({ id: accountId }), output: z.undefined() })),
  closeAllGateways: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Moves all gateways, so that their addresses change. Null: to any port that is free. */
  chooseGatewayPort: lazy(() => ({
    input: z.object({ port: z.nullable(z.int().check(z.minimum(LOWEST_PORT), z.maximum(HIGHEST_PORT))) }),
    output: z.undefined(),
  })),
}
