import { type ImportColumn } from '../../shared/transfer'

/** `API key`, `api_key`, `ApiKey` and `API-Key*` are the same. */
export function columnKey(heading: string): string {
  return heading
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '')
    .toLowerCase()
}

/** `Nom du compte` -> nom, du, compte; `CustomerName` -> customer, name. */
export function wordsOf(heading: string): readonly string[] {
  return heading
    .slice(0, 100)
    .normalize('NFC')
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
}

/**
 * Headings of other programs (Bitwarden, 1Password, KeePass 1, KeePass 2 and KeePassXC, Chrome, as they export CSV) and
 * of other languages, as `columnKey` writes them; the first that is there wins.
 */
export const HEADINGS: Readonly<Record<ImportColumn, readonly string[]>> = {
  name: [
    ...[
      'name',
      'account',
      'accountname',
      'title',
      'company',
      'companyname',
      'customer',
      'client',
      'label',
      'entry',
    ],
    ...[
      'konto',
      'kontoname',
      'bezeichnung',
      'titel',
      'firma',
      'kunde',
      'mandant',
      'unternehmen',
      'naam',
      'bedrijf',
    ],
    ...[
      'nom',
      'compte',
      'société',
      'entreprise',
      'nombre',
      'cuenta',
      'empresa',
      'cliente',
      'nome',
      'conta',
      'azienda',
    ],
    ...[
      ...['nazwa', 'firma', 'klient', 'название', 'имя', 'компания', '名前', '名称', '이름', 'variable'],
      ...[
        'kundenname',
        'firmenname',
        'mandantenname',
        'název',
        'jméno',
        'namn',
        'navn',
        'nimi',
        'név',
        'ad',
        '名稱',
      ],
    ],
  ],
  apiKey: [
    ...[
      'apikey',
      'partnerapikey',
      'companyapikey',
      'key',
      'apitoken',
      'token',
      'secret',
      'password',
      'loginpassword',
    ],
    ...[
      ...['apischlüssel', 'schlüssel', 'zugangsschlüssel', 'kennwort', 'passwort', 'wachtwoord', 'sleutel'],
      ...['nyckel', 'nøgle', 'nøkkel', 'avain', 'klíč', 'kulcs', 'anahtar', 'キー', '金鑰', '키'],
    ],
    ...[
      'cléapi',
      'clé',
      'cle',
      'motdepasse',
      'claveapi',
      'clave',
      'contraseña',
      'chaveapi',
      'chave',
      'senha',
    ],
    ...[
      'chiaveapi',
      'chiave',
      'klucz',
      'hasło',
      'ключ',
      'пароль',
      'パスワード',
      '密钥',
      '密码',
      '비밀번호',
      'value',
    ],
  ],
  environment: [
    ...['environment', 'environmentname', 'env', 'stage', 'system', 'instance', 'umgebung', 'omgeving'],
    ...[
      'environnement',
      'entorno',
      'ambiente',
      'środowisko',
      'prostředí',
      'miljö',
      'miljø',
      'ympäristö',
      'környezet',
      'ortam',
      'среда',
      '環境',
      '环境',
      '환경',
    ],
  ],
  partner: [
    ...[
      'partner',
      'partnername',
      'parent',
      'parentaccount',
      'reseller',
      'übergeordnet',
      'partenaire',
      'socio',
    ],
    ...['parceiro', 'партнёр', 'партнер', 'パートナー', '合作伙伴'],
  ],
  tags: [
    ...[
      'tags',
      'tag',
      'labels',
      'categories',
      'category',
      'kategorie',
      'schlagworte',
      'étiquettes',
      'etiquetas',
    ],
    ...[
      'etichette',
      'etykiety',
      'tagi',
      'метки',
      'タグ',
      '标签',
      'folder',
      'group',
      'ordner',
      'gruppe',
      'dossier',
    ],
  ],
  note: [
    ...[
      'note',
      'notes',
      'comment',
      'comments',
      'remarks',
      'notiz',
      'notizen',
      'bemerkung',
      'remarque',
      'notas',
    ],
    ...['nota', 'opmerking', 'uwagi', 'notatka', 'notatki', 'заметка', 'メモ', '备注', 'extra'],
  ],
  type: ['type', 'kind', 'typ', 'art', 'tipo', 'accounttype', 'тип', '種類', '类型'],
  remember: [
    'remember',
    'rememberapikey',
    'savekey',
    'merken',
    'speichern',
    'mémoriser',
    'recordar',
    'lembrar',
    'ricorda',
    'onthouden',
    'zapamiętaj',
    'запомнить',
  ],
}
