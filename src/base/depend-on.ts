import { toValue, type Ref } from 'vue'

/** Makes the running computation depend on `signal`, whose value only indicates a change. */
export function dependOn(signal: Readonly<Ref<number>>): void {
  toValue(signal)
}
