/** What is used here of the tools under Electron Forge's makers, which bring no types of their own. */
declare module 'electron-installer-debian' {
  export class Installer {
    constructor(data: Readonly<Record<string, unknown>>)
    readonly appIdentifier: string
    readonly baseAppDir: string
    readonly stagingDir: string
    readonly stagingAppDir: string
    /** Of an rpm only. */
    readonly specPath: string
    readonly options: Record<string, unknown> & { name: string; version: string; packagePaths: string[] }
    generateDefaults(): Promise<unknown>
    generateOptions(): void
    createStagingDir(): Promise<void>
    createContents(): Promise<unknown>
    createPackage(): Promise<void>
    movePackage(): Promise<void>
    copyApplication(): Promise<void>
    createTemplatedFile(template: string, file: string, permissions?: string): Promise<void>
  }
}
declare module 'electron-installer-redhat' {
  export { Installer } from 'electron-installer-debian'
}
