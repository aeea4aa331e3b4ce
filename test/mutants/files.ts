/** What keeps files whole, on the disk, for their owner alone, and where they belong. */
import type { Mutants } from './mutant'

const TESTS = [
  ...[
    'integration/profile-files',
    'integration/private-profile',
    'integration/nearly-full-disk',
    'integration/names-from-files',
  ],
  ...['integration/durable-writer', 'integration/planted-files', 'integration/saved-files'],
  ...['integration/app-log', 'resilience/failing', 'resilience/power'],
]

export const FILES: readonly Mutants[] = [
  {
    file: 'electron/main/files/whole-file.ts',
    tests: TESTS,
    breaks: [
      ['    disk.syncFolder(dirname(path))\n', ''],
      // The folder is synced before the rename instead of after it.
      [
        '      disk.rename(draft, path)\n    } catch (error) {\n      discard(draft, disk)\n      throw error\n    }\n    syncFolderOf(path, disk)\n',
        '      syncFolderOf(path, disk)\n      disk.rename(draft, path)\n    } catch (error) {\n      discard(draft, disk)\n      throw error\n    }\n',
      ],
      // The write takes back what it has said no to.
      ['{ cause: error, mayBeThere: true }', '{ cause: error }'],
      ['      disk.fsync(file)\n', ''],
      ['    written += taken\n', '    written = bytes.length\n'],
      ['      prove(file, bytes, disk)\n', ''],
      [' || !again.equals(bytes)', ''],
      ['    refuseLink(path, disk)\n', ''],
      ['O_EXCL | NO_FOLLOW, OWN_FILE_MODE', 'O_EXCL | NO_FOLLOW, 0o644'],
      ['      discard(draft, disk)\n      throw error\n', '      throw error\n'],
      [
        '  } catch (error) {\n    discard(draft, disk)\n    throw error\n',
        '  } catch (error) {\n    throw error\n',
      ],
    ],
  },
  {
    file: 'electron/main/files/read-file.ts',
    tests: TESTS,
    breaks: [
      ["    if (!isOurs(found, path, disk)) throw new NoOwnFileError('EACCES')\n", ''],
      ['constants.O_RDONLY | NO_FOLLOW | NO_WAIT', 'constants.O_RDONLY | NO_WAIT'],
      ["    if (found.size > MOST_BYTES) throw new NoOwnFileError('EFBIG')\n", ''],
      ["    if (!found.isFile()) throw new NoOwnFileError('ENOTREG')\n", ''],
    ],
  },
  {
    file: 'electron/main/files/private-files.ts',
    tests: TESTS,
    breaks: [
      ['  disk.syncFolder(parent)\n', ''],
      ['    disk.chmod(folder, OWN_FOLDER_MODE)\n', ''],
      ['disk.mkdir(folder, OWN_FOLDER_MODE)', 'disk.mkdir(folder, 0o755)'],
    ],
  },
  {
    file: 'electron/main/files/quarantine.ts',
    tests: TESTS,
    breaks: [
      ['    disk.syncFolder(dirname(path))\n', ''],
      ['    closeToOthers(kept, disk)\n', ''],
    ],
  },
  {
    file: 'electron/main/files/append-file.ts',
    tests: TESTS,
    breaks: [
      ['      cutTo(file, found.size, disk)\n', ''],
      ['    if ((found.mode & FOR_OTHERS) !== 0) disk.fchmod(file, OWN_FILE_MODE)\n', ''],
    ],
  },
  {
    file: 'electron/main/adapters/account-files.ts',
    tests: TESTS,
    breaks: [
      ["  if (!isUuid(id)) throw new Error('no id of an account')\n", ''],
      ['id === undefined || !isUuid(id) ? []', 'id === undefined ? []'],
      [
        '          if (name.startsWith(record)) removeAny(join(folder, name), disk)\n        }\n        disk.syncFolder(folder)\n',
        '          if (name.startsWith(record)) removeAny(join(folder, name), disk)\n        }\n',
      ],
    ],
  },
]
