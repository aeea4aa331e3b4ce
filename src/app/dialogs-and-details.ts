/** One script: together they are smaller, and are loaded at the same time anyway. */
export { default as DetailsPane } from '../features/accounts/details/DetailsPane.vue'
export { default as DialogHost } from './DialogHost.vue'
