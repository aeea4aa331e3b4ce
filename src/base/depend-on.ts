import { toValue, type Ref } from 'vue'

/** Makes the computation that is running depend on `signal`, whose value says only that something has changed. */
export function dependOn(signal: Readonly<Ref<number>>): void {
  toValue(signal)
}
