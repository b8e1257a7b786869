import type { Words } from './en.ts';

/** Everything that Postern says to people, in Spanish for any country, to a “tú”. What people type stays as it is typed. */
export const es: Words = {
  permissions: {
    'chat.messages.create':
      'Escribir mensajes en Google Chat en tu nombre. Con esto no puedo leer ninguno.',
    'chat.spaces.create': 'Crear espacios en Google Chat en tu nombre.',
    'chat.memberships': 'Ver, agregar y quitar personas de tus espacios en tu nombre.',
    'chat.memberships.app': 'Agregar esta app a tus espacios, y quitarla, en tu nombre.',
    openid: 'Ver cuál es tu cuenta de Google.',
  },
  otherPermission: (scope) => `El permiso de Google “${scope}”.`,
  connectCard: {
    title: 'Conecta tu cuenta',
    why: {
      'not-connected':
        'Para esto necesito actuar en tu nombre: lo que publique llevará tu nombre, con el mío al lado. ' +
        'En cuanto conectes tu cuenta, haré lo que pediste.',
      'permission-missing':
        'Tu cuenta está conectada, pero para esto hace falta un permiso que todavía no tengo. ' +
        'En cuanto me lo des, haré lo que pediste. Todo lo demás funciona sin él.',
      'connection-ended':
        'Tu conexión terminó y ya no puedo actuar en tu nombre. ' +
        'En cuanto vuelvas a conectar tu cuenta, haré lo que pediste.',
    },
    permissions: 'Lo que me permites',
    missing: 'Lo que falta',
    privacy:
      'Solo tú ves esto. El enlace es únicamente tuyo: por favor, no lo compartas. Funciona durante una hora.',
    button: 'Conectar mi cuenta',
  },
  connectedCard: {
    title: 'Tu cuenta está conectada',
    thanks: '¡Gracias! A partir de ahora puedo actuar en tu nombre cuando me lo pidas.',
    account: (email) => `Conectaste ${email}.`,
    off: 'Lo que no me permitiste (te lo vuelvo a pedir cuando lo necesites por primera vez):',
    undo: 'Para terminar la conexión, en cualquier momento, escríbeme “disconnect”.',
  },
  welcome:
    '¡Hola! Mencióname y escribe algo, y lo publico en tu nombre, en el mismo hilo. ' +
    'Mencióname con “help” para ver qué más puedo hacer.',
  welcomeInDm:
    '¡Hola! Mencióname en un espacio y escribe algo, y lo publico en tu nombre, en el mismo hilo. ' +
    'Escribe “help” para ver qué más puedo hacer.',
  waiting: 'También haré esto en cuanto conectes tu cuenta: usa la tarjeta que te envié aquí.',
  unknownCommand:
    'Este comando todavía no está configurado. Pide a quien se ocupa de mí que lo agregue.',
  apology:
    'Lo siento: lo intenté varias veces y no pude hacer lo que pediste. ' +
    'No fue culpa tuya. Quien se ocupa de mí puede ver qué falló y hacerlo más tarde.',
  apologyUnsure:
    'Lo siento: algo me interrumpió varias veces y no sé si llegué a hacer lo que pediste. ' +
    'Compruébalo antes de pedírmelo de nuevo. Quien se ocupa de mí puede ver qué falló.',
  tooLong: (bytes, limit) =>
    `Esto tiene ${bytes} bytes, y Google Chat acepta ${limit} como máximo. No se publicó nada: acórtalo y pídemelo de nuevo.`,
  refused: {
    'not-allowed':
      'Google Chat no me dejó hacer esto aquí en tu nombre. Comprueba que formas parte de este espacio y que puedes publicar en él.',
    'not-a-member': 'No formo parte de este espacio. Agrégame y pídemelo de nuevo.',
    'not-approved':
      'Antes, la administración de tu organización tiene que aprobar esto para mí. ' +
      'Avisa a quien se ocupa de mí y pídemelo de nuevo cuando esté hecho.',
    'not-delegated':
      'Todavía no puedo hacer esto en tu nombre: la administración de tu organización tiene que permitirlo. ' +
      'Avisa a quien se ocupa de mí y pídemelo de nuevo cuando esté hecho.',
    'person-refused':
      'Google no me deja actuar en tu nombre. Solo puedo hacerlo con cuentas activas de la organización que me configuró. ' +
      'Si la tuya es una de ellas, consulta a la administración.',
    'no-address':
      'Google Chat no me indicó tu dirección de correo electrónico, y sin ella no puedo actuar en tu nombre. ' +
      'Es normal en cuentas de otras organizaciones; si la tuya es de esta, consulta a la administración.',
    gone: 'Google Chat no encuentra este espacio, este hilo o este mensaje: ya no existe.',
    taken: 'Ya hay algo con este nombre.',
    invalid:
      'Google Chat no aceptó este mensaje. Puede que sea demasiado largo o que tenga algo que no puedo publicar por ti.',
  },
  help: {
    summary: 'Mira lo que puedo hacer.',
    title: 'Lo que puedo hacer',
    line: (name, summary, example) =>
      example === undefined
        ? `${name} — ${summary}`
        : `${name} — ${summary} Por ejemplo: “${example}”`,
  },
  post: {
    summary: 'Mencióname y escribe algo: lo publico en tu nombre, en el mismo hilo.',
    example: '¡Buenos días a todo el equipo!',
  },
  connect: {
    summary: 'Conecta tu cuenta, para que pueda actuar en tu nombre.',
    already: (email) =>
      email === undefined
        ? 'Tu cuenta ya está conectada.'
        : `Tu cuenta ${email} ya está conectada.`,
    delegated:
      'No hay nada que conectar: la administración de tu organización ya permitió que yo actúe en tu nombre cuando me lo pidas.',
  },
  status: {
    summary: 'Mira qué cuenta está conectada, qué me permite y desde cuándo.',
    title: 'Tu conexión',
    account: (account) =>
      account === undefined ? 'Tu cuenta está conectada.' : `Cuenta conectada: ${account}`,
    since: (day) => `Conectada desde: ${day}`,
    permissions: 'Lo que me permites:',
    off: 'Lo que todavía no puedo hacer por ti (te lo pido cuando lo necesites por primera vez):',
    offLine: (command, permissions) => `${command} — ${permissions}`,
    notConnected: 'Tu cuenta no está conectada. Para cambiarlo, escríbeme “connect”.',
    delegated:
      'Actúo en tu nombre cuando me lo pides, porque la administración de tu organización lo permitió para todas las cuentas. ' +
      'No guardo nada de tu cuenta.',
  },
  disconnect: {
    summary: 'Termina la conexión con tu cuenta; olvido todo lo que sé de ti.',
    done:
      'Tu cuenta está desconectada. Google terminó lo que habías permitido, ' +
      'y yo lo olvidé, también lo que estaba programado.',
    notConnected:
      'Tu cuenta no está conectada. Si me quedaba algo tuyo, como publicaciones programadas, ya lo olvidé.',
    hereOnly:
      'Olvidé tu cuenta y todo lo que estaba programado, pero no pude avisar a Google. ' +
      'Para terminar también allí lo que habías permitido, quítame en https://myaccount.google.com/connections.',
    delegated:
      'No hay nada que desconectar: no guardo nada de tu cuenta. La administración de tu organización permitió, ' +
      'para todas las cuentas, que yo actúe en su nombre, y solo ella puede terminarlo. ' +
      'Lo que programaste sigue en pie: escribe “schedule” para verlo y cancelarlo.',
  },
  members: {
    summary: 'Mira quién está en este espacio, o si están las personas que mencionas.',
    example: 'members @Ana @Bruno',
    people: (count, number) =>
      count === 1 ? 'Hay una persona en este espacio:' : `Hay ${number} personas en este espacio:`,
    apps: 'Y estas apps:',
    more: (number) => `… y ${number} más.`,
    oneHere: 'Esta persona está aquí.',
    allHere: 'Todas las personas que mencionas están aquí.',
    missing: (names) =>
      `Todavía no están en este espacio: ${names}. Para agregar personas, escríbeme “add” y menciónalas.`,
    usage:
      'Escribe solo “members” para ver quién está aquí, o menciona a personas para ver si están. ' +
      'Por ejemplo: “members @Ana @Bruno”',
    refused: { 'not-allowed': 'Google Chat no me dice quién está en este espacio.' },
  },
  add: {
    summary: 'Agrega personas a este espacio, en tu nombre.',
    example: 'add @Ana @Bruno',
    usage: 'Menciona a las personas que debo agregar. Por ejemplo: “add @Ana @Bruno”',
    inDm:
      'No se puede agregar a nadie a un mensaje directo. ' +
      'Pídemelo en un espacio, o crea uno con “space Fiesta de lanzamiento @Ana @Bruno”.',
    tooMany: (limit) => `Puedo agregar ${limit} personas a la vez. Menciona a menos.`,
    progress: (done, all) => `Agregando personas: ${done} de ${all} …`,
    added: (names) => `Ahora en este espacio: ${names}.`,
    invited: (names) => `Invitación enviada, aún sin respuesta: ${names}.`,
    here: (names) => `Ya en este espacio: ${names}.`,
    refused: {
      'not-allowed': (name) =>
        `No se pudo agregar a ${name}: Google Chat dice que no tienes permiso. ` +
        'Comprueba que puedes agregar personas a este espacio y, si son de fuera de tu organización, que está abierto a ellas.',
      'not-a-member': (name) =>
        `No se pudo agregar a ${name}: no formo parte de este espacio. Agrégame y pídemelo de nuevo.`,
      'not-approved': (name) =>
        `No se pudo agregar a ${name}: antes, la administración de tu organización tiene que aprobar esto para mí.`,
      gone: (name) =>
        `No se pudo agregar a ${name}: Google Chat no encuentra a esta persona, o este espacio. ` +
        'Comprueba que la persona todavía tiene una cuenta de Google Chat.',
      taken: (name) => `${name} ya está en este espacio.`,
      invalid: (name) =>
        `No se pudo agregar a ${name}: este espacio no acepta personas de esta manera. ` +
        'Quien administra el espacio puede hacerlo en el propio Google Chat.',
    },
  },
  addApp: {
    summary: 'Agrégame a este espacio.',
    added: 'Ya estoy en este espacio. Mencióname y escribe algo, y lo publico en tu nombre.',
    here: 'Ya estoy aquí.',
    refused: {
      'not-allowed':
        'Google Chat no te dejó agregarme a este espacio. ' +
        'Quien administra el espacio puede agregarme, si tu organización permite apps.',
      gone: 'Google Chat ya no encuentra este espacio, así que no puedes agregarme.',
      invalid: 'Google Chat no acepta apps en este espacio.',
    },
  },
  space: {
    summary: 'Crea un espacio con nombre y personas, en tu nombre.',
    example: 'space Fiesta de lanzamiento @Ana @Bruno',
    usage:
      'Dime cómo se llamará el espacio y menciona a quienes deben estar en él. ' +
      'Por ejemplo: “space Fiesta de lanzamiento @Ana @Bruno”',
    nameTooLong: (limit) =>
      `El nombre de un espacio tiene ${limit} caracteres como máximo. Elige uno más corto.`,
    tooMany: (limit) =>
      `Un espacio nuevo acepta ${limit} personas además de ti. Menciona a menos y agrega a las demás después.`,
    made: (name, address) => `El espacio “${name}” está listo: ${address}`,
    refused: {
      'not-allowed':
        'Google Chat no te dejó crear este espacio. ' +
        'Comprueba que tu organización te permite crear espacios y agregar a estas personas.',
      gone: 'Google Chat no encuentra a todas las personas que mencionaste, así que no creé el espacio.',
      taken: 'Ya hay un espacio con este nombre en tu organización. Elige otro nombre.',
      invalid:
        'Google Chat no aceptó este espacio. Prueba con otro nombre y menciona solo a personas de tu organización.',
    },
  },
  incident: {
    summary: 'Abre una sala para un incidente, con personas y una tarjeta de estado, en tu nombre.',
    example: 'incident La API de pagos no responde @Ana @Bruno',
    usage:
      'Dime qué pasó y menciona a quienes deben ayudar. ' +
      'Por ejemplo: “incident La API de pagos no responde @Ana @Bruno”',
    creating: 'Creando la sala del incidente …',
    joining: 'La sala del incidente ya existe. Entrando …',
    made: (name, address) => `La sala del incidente “${name}” está lista: ${address}`,
    alone: (name, address) =>
      `La sala del incidente “${name}” está lista: ${address}\n` +
      'Pero Google Chat no me dejó entrar, así que no tiene tarjeta de estado. ' +
      'Quien administra la sala puede agregarme, si tu organización permite apps.',
    status: {
      open: 'Abierto',
      investigating: 'En investigación',
      resolved: 'Resuelto',
    },
    statusLabel: 'Estado',
    history: 'Qué pasó',
    entry: {
      open: (name, time) => `${time} · ${name} abrió este incidente.`,
      investigating: (name, time) => `${time} · ${name} está investigando.`,
      resolved: (name, time) => `${time} · ${name} marcó este incidente como resuelto.`,
    },
    gone: 'La tarjeta de este incidente ya no existe, así que no hay nada que cambiar.',
    somebody: 'Alguien',
    refused: {
      'not-allowed':
        'Google Chat no te dejó abrir esta sala. ' +
        'Comprueba que tu organización te permite crear espacios y agregar a estas personas.',
      gone: 'Google Chat no encuentra a todas las personas que mencionaste, así que no abrí la sala.',
      taken:
        'Ya hay un espacio con este nombre en tu organización. Describe el incidente con otras palabras.',
      invalid:
        'Google Chat no aceptó esta sala. Describe el incidente con otras palabras y menciona solo a personas de tu organización.',
    },
  },
  schedule: {
    summary:
      'Publica algo más tarde, en tu nombre, también cuando no estés. Solo, muestra lo que está por venir.',
    example: 'schedule mañana a las 9:00 Buenos días',
    usage:
      'Dime cuándo y, después, qué publicar. Por ejemplo: “schedule mañana a las 9:00 Buenos días”, ' +
      '“schedule en 20 minutos Ya volví del almuerzo”. Escribe solo “schedule” para ver lo que está por venir.',
    noText:
      'Dime qué publicar, después de la hora. Por ejemplo: “schedule mañana a las 9:00 Buenos días”',
    past: (time) => `Esta hora ya pasó: ${time}. Elige una posterior.`,
    tooFar: (time) => `Falta más de un año para esta hora: ${time}. Elige una más cercana.`,
    tooMany: (limit) =>
      `Ya tienes ${limit} publicaciones en espera. Cancela una de ellas primero: escribe “schedule” para verlas.`,
    passed: (time) =>
      `Me pediste que publicara algo a esta hora: ${time}. Pasó antes de que pudiera publicarlo. ` +
      'No lo publiqué: si todavía lo quieres, pídemelo de nuevo.',
    noZone:
      'No sé cuál es tu zona horaria, y Google Chat no me la indicó. ' +
      'Escribe una vez “schedule zone” y un lugar, por ejemplo “schedule zone America/Mexico_City”, y pídemelo de nuevo.',
    zoneKept: (zone) => `Recordaré tu zona horaria: ${zone}.`,
    zoneUnknown: (zone) =>
      `No conozco la zona horaria “${zone}”. Escríbela así: “America/Mexico_City” o “Europe/Madrid”.`,
    planned: {
      title: 'Programado',
      when: (time) => `Publicaré esto en tu nombre (${time}):`,
    },
    list: {
      title: 'Lo que publicaré por ti',
      none: 'No hay nada programado. Por ejemplo: “schedule mañana a las 9:00 Buenos días”',
      more: (count) => `… y ${count} más.`,
      where: (time, space) => `${time} · ${space}`,
      dm: 'Mensaje directo',
      otherSpace: 'Otro espacio',
    },
    cancel: 'Cancelar',
    due: (text) => `Llegó la hora de lo que habías programado: “${text}”`,
    refused: {
      'not-allowed':
        'No pude publicar lo que habías programado: Google Chat no me dejó hacerlo en tu nombre. ' +
        'Comprueba que eres miembro de ese espacio y puedes publicar en él.',
      'not-a-member':
        'No pude publicar lo que habías programado: ya no soy miembro de ese espacio. Agrégame y prográmalo de nuevo.',
      gone: 'No pude publicar lo que habías programado: Google Chat ya no encuentra ese espacio.',
    },
    cancelled: 'Cancelado. No publicaré esto:',
    tooLate: 'Esto ya se publicó o se canceló.',
  },
  pages: {
    success: {
      title: 'Tu cuenta está conectada',
      text: [
        'Vuelve a Google Chat: lo que pediste se está haciendo ahora.',
        'Puedes cerrar esta pestaña.',
      ],
    },
    declined: {
      title: 'La cuenta no se conectó',
      text: [
        'Elegiste no dar tu permiso. No pasa nada: no se guardó nada y nada se publicará en tu nombre.',
        'Si cambias de opinión, vuelve a abrir el enlace en Google Chat.',
      ],
    },
    refused: {
      title: 'Google no lo permitió',
      text: [
        'Google terminó el inicio de sesión antes de que pudieras dar tu permiso. No se guardó nada.',
        'Puede que tu organización todavía no permita esta app. Consulta a la administración.',
      ],
    },
    'other-account': {
      title: 'Esa era otra cuenta',
      text: [
        'El enlace pertenece a quien se lo pidió a la app en Google Chat. Iniciaste sesión con otra cuenta, así que no se guardó nada.',
        'Si el enlace es tuyo, vuelve a abrirlo en Google Chat y elige la cuenta que usas allí. Si alguien te lo envió, cierra esta pestaña: no tienes que hacer nada.',
      ],
    },
    'connected-in-part': {
      title: 'Conexión parcial',
      text: [
        'No se marcaron todos los permisos que se pidieron. Lo que necesita el que falta está desactivado; todo lo demás funciona.',
        'Vuelve a Google Chat: la tarjeta te pide allí lo que falta. Para ver en cualquier momento qué está desactivado, escribe “status” a la app.',
      ],
    },
    'permission-missing': {
      title: 'Falta un permiso',
      text: [
        'Iniciaste sesión, pero no se marcó ninguno de los permisos que se pidieron. No se guardó nada y nada se hará en tu nombre.',
        'Para dar el permiso, vuelve a abrir el enlace en Google Chat y marca la casilla. Si el enlace caducó, pide otro a la app.',
      ],
    },
    expired: {
      title: 'Este enlace ya no funciona',
      text: [
        'Un enlace para conectar la cuenta funciona durante una hora. No se guardó nada.',
        'Pídelo de nuevo a la app en Google Chat, y te enviará otro.',
      ],
    },
    'already-used': {
      title: 'Este enlace ya se usó',
      text: [
        'Un enlace para conectar la cuenta funciona una sola vez. Si lo usaste tú, tu cuenta está conectada: vuelve a Google Chat.',
        'Si todavía falta algo, pídelo de nuevo a la app en Google Chat.',
      ],
    },
    'bad-request': {
      title: 'Esto no funcionó',
      text: [
        'Lo que tu navegador trajo aquí no es aquello a lo que lleva un enlace de Google Chat, o llegó por segunda vez. No se guardó nada.',
        'Vuelve a abrir el enlace en Google Chat, en lugar de recargar esta página.',
      ],
    },
    'not-available': {
      title: 'Inténtalo de nuevo en un momento',
      text: [
        'No pudimos terminar de conectar tu cuenta ahora. No se perdió nada.',
        'Espera un minuto y vuelve a abrir el enlace en Google Chat.',
      ],
    },
    'too-many': {
      title: 'Demasiadas visitas seguidas',
      text: [
        'Esta página se abrió en el último minuto más veces de lo normal. No se guardó nada y no se perdió nada.',
        'Espera un minuto y vuelve a cargar esta página.',
      ],
    },
    'not-found': {
      title: 'Aquí no hay nada',
      text: ['Esta dirección es solo para quienes vienen de un enlace en Google Chat.'],
    },
    'method-not-allowed': {
      title: 'Esta página solo se puede abrir',
      text: [
        'Esta dirección solo responde a navegadores que la abren desde un enlace en Google Chat.',
      ],
    },
  },
};
