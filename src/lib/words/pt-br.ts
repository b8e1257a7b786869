import type { Words } from './en.ts';

/** Everything that Postern says to people, in Brazilian Portuguese, to a “você”. What people type stays as it is typed. */
export const ptBr: Words = {
  permissions: {
    'chat.messages.create':
      'Escrever mensagens no Google Chat em seu nome. Com isto, não posso ler nenhuma.',
    'chat.spaces.create': 'Criar espaços no Google Chat em seu nome.',
    'chat.memberships': 'Ver, adicionar e remover pessoas dos seus espaços em seu nome.',
    'chat.memberships.app': 'Adicionar este app aos seus espaços, e removê-lo, em seu nome.',
    openid: 'Ver qual Conta do Google é a sua.',
  },
  otherPermission: (scope) => `A permissão do Google “${scope}”.`,
  connectCard: {
    title: 'Conecte sua conta',
    why: {
      'not-connected':
        'Para isto, preciso agir em seu nome: o que eu publicar terá o seu nome, com o meu ao lado. ' +
        'Assim que você conectar sua conta, faço o que você pediu.',
      'permission-missing':
        'Sua conta está conectada, mas para isto falta uma permissão que ainda não tenho. ' +
        'Assim que você me der essa permissão, faço o que você pediu. Todo o resto funciona sem ela.',
      'connection-ended':
        'Sua conexão terminou, e não posso mais agir em seu nome. ' +
        'Assim que você conectar sua conta de novo, faço o que você pediu.',
    },
    permissions: 'O que você me permite',
    missing: 'O que falta',
    privacy:
      'Só você vê isto. O link é somente seu: por favor, não o passe adiante. Ele funciona por uma hora.',
    button: 'Conectar minha conta',
  },
  connectedCard: {
    title: 'Sua conta está conectada',
    thanks: 'Tudo certo! De agora em diante, posso agir em seu nome quando você me pedir.',
    account: (email) => `Você conectou ${email}.`,
    off: 'O que você não me permitiu (peço de novo quando você precisar pela primeira vez):',
    undo: 'Para encerrar a conexão, a qualquer momento, escreva “disconnect” para mim.',
  },
  welcome:
    'Olá! Mencione-me e escreva algo, e eu publico em seu nome, na mesma conversa. ' +
    'Mencione-me com “help” para ver o que mais eu faço.',
  welcomeInDm:
    'Olá! Mencione-me em um espaço e escreva algo, e eu publico em seu nome, na mesma conversa. ' +
    'Escreva “help” para ver o que mais eu faço.',
  waiting:
    'Faço isto também, assim que você conectar sua conta: use o card que enviei para você aqui.',
  unknownCommand:
    'Este comando ainda não foi configurado. Peça a quem cuida de mim que o adicione.',
  apology:
    'Lamento: tentei várias vezes e não consegui fazer o que você pediu. ' +
    'A culpa não foi sua. Quem cuida de mim pode ver o que deu errado e executar o pedido mais tarde.',
  apologyUnsure:
    'Lamento: fui interrompido várias vezes e não sei se cheguei a fazer o que você pediu. ' +
    'Confira antes de pedir de novo. Quem cuida de mim pode ver o que deu errado.',
  tooLong: (bytes, limit) =>
    `Isto tem ${bytes} bytes, e o Google Chat aceita no máximo ${limit}. Nada foi publicado: encurte o texto e peça de novo.`,
  refused: {
    'not-allowed':
      'O Google Chat não me deixou fazer isto aqui em seu nome. Verifique se você participa deste espaço e se pode publicar nele.',
    'not-a-member': 'Não participo deste espaço. Adicione-me a ele e peça de novo.',
    'not-approved':
      'Um administrador da sua organização precisa primeiro aprovar isto para mim. ' +
      'Avise quem cuida de mim e peça de novo quando estiver feito.',
    'not-delegated':
      'Ainda não posso fazer isto em seu nome: um administrador da sua organização precisa permitir. ' +
      'Avise quem cuida de mim e peça de novo quando estiver feito.',
    'person-refused':
      'O Google não me deixa agir em seu nome. Só posso fazer isso por contas ativas da organização que me configurou. ' +
      'Se a sua é uma delas, fale com o administrador.',
    'no-address':
      'O Google Chat não me informou o seu endereço de e-mail, e sem ele não posso agir em seu nome. ' +
      'Isso é normal em contas de outras organizações; se a sua é desta, fale com o administrador.',
    gone: 'O Google Chat não encontra este espaço, esta conversa ou esta mensagem: já não existe mais.',
    taken: 'Já existe algo com este nome.',
    invalid:
      'O Google Chat não aceitou esta mensagem. Talvez seja longa demais, ou tenha algo que não posso publicar por você.',
  },
  help: {
    summary: 'Veja o que posso fazer.',
    title: 'O que posso fazer',
    line: (name, summary, example) =>
      example === undefined
        ? `${name} — ${summary}`
        : `${name} — ${summary} Por exemplo: “${example}”`,
  },
  post: {
    summary: 'Mencione-me e escreva algo: publico em seu nome, na mesma conversa.',
    example: 'Bom dia, pessoal!',
  },
  connect: {
    summary: 'Conecte sua conta, para que eu possa agir em seu nome.',
    already: (email) =>
      email === undefined
        ? 'Sua conta já está conectada.'
        : `Sua conta ${email} já está conectada.`,
    delegated:
      'Não há nada para conectar: um administrador da sua organização já permitiu que eu aja em seu nome quando você me pedir.',
  },
  status: {
    summary: 'Veja qual conta está conectada, o que ela me permite, e desde quando.',
    title: 'Sua conexão',
    account: (account) =>
      account === undefined ? 'Sua conta está conectada.' : `Conta conectada: ${account}`,
    since: (day) => `Conectada desde: ${day}`,
    permissions: 'O que você me permite:',
    off: 'O que ainda não posso fazer por você (peço quando você precisar pela primeira vez):',
    offLine: (command, permissions) => `${command} — ${permissions}`,
    notConnected: 'Sua conta não está conectada. Para mudar isso, escreva “connect” para mim.',
    delegated:
      'Ajo em seu nome quando você me pede, porque um administrador da sua organização permitiu isso para todos. ' +
      'Não guardo nada da sua conta.',
  },
  disconnect: {
    summary: 'Encerre a conexão com sua conta; esqueço tudo o que sei de você.',
    done:
      'Sua conta foi desconectada. O Google encerrou o que você havia permitido, ' +
      'e eu esqueci tudo, também o que estava agendado.',
    notConnected:
      'Sua conta não está conectada. Se ainda havia algo seu comigo, como publicações agendadas, esqueci agora.',
    hereOnly:
      'Esqueci sua conta e tudo o que estava agendado, mas não consegui avisar o Google. ' +
      'Para encerrar também lá o que você havia permitido, remova-me em https://myaccount.google.com/connections.',
    delegated:
      'Não há nada para desconectar: não guardo nada da sua conta. Um administrador da sua organização permitiu, ' +
      'para todos, que eu aja em seu nome, e só um administrador pode encerrar isso. ' +
      'O que você agendou continua: escreva “schedule” para ver e cancelar.',
  },
  members: {
    summary: 'Veja quem está neste espaço, ou se as pessoas que você menciona estão.',
    example: 'members @Ana @Bruno',
    people: (count, number) =>
      count === 1 ? 'Há uma pessoa neste espaço:' : `Há ${number} pessoas neste espaço:`,
    apps: 'E estes apps:',
    more: (number) => `… e mais ${number}.`,
    oneHere: 'Esta pessoa está aqui.',
    allHere: 'Todas as pessoas que você mencionou estão aqui.',
    missing: (names) =>
      `Ainda não estão neste espaço: ${names}. Para adicionar pessoas, escreva “add” para mim e mencione-as.`,
    usage:
      'Escreva só “members” para ver quem está aqui, ou mencione pessoas para ver se estão. ' +
      'Por exemplo: “members @Ana @Bruno”',
    refused: { 'not-allowed': 'O Google Chat não me diz quem está neste espaço.' },
  },
  add: {
    summary: 'Adicione pessoas a este espaço, em seu nome.',
    example: 'add @Ana @Bruno',
    usage: 'Mencione as pessoas que devo adicionar. Por exemplo: “add @Ana @Bruno”',
    inDm:
      'Não é possível adicionar ninguém a uma mensagem direta. ' +
      'Peça em um espaço, ou crie um com “space Festa de lançamento @Ana @Bruno”.',
    tooMany: (limit) => `Posso adicionar até ${limit} pessoas de uma vez. Mencione menos pessoas.`,
    progress: (done, all) => `Adicionando pessoas: ${done} de ${all} …`,
    added: (names) => `Agora neste espaço: ${names}.`,
    invited: (names) => `Convite enviado, ainda sem resposta: ${names}.`,
    here: (names) => `Já neste espaço: ${names}.`,
    refused: {
      'not-allowed': (name) =>
        `Não foi possível adicionar ${name}: o Google Chat diz que você não pode. ` +
        'Verifique se você pode adicionar pessoas a este espaço e, se forem de fora da sua organização, se ele está aberto a elas.',
      'not-a-member': (name) =>
        `Não foi possível adicionar ${name}: não participo deste espaço. Adicione-me a ele e peça de novo.`,
      'not-approved': (name) =>
        `Não foi possível adicionar ${name}: um administrador da sua organização precisa primeiro aprovar isto para mim.`,
      gone: (name) =>
        `Não foi possível adicionar ${name}: o Google Chat não encontra esta pessoa, ou este espaço. ` +
        'Verifique se a pessoa ainda tem uma conta do Google Chat.',
      taken: (name) => `${name} já está neste espaço.`,
      invalid: (name) =>
        `Não foi possível adicionar ${name}: este espaço não aceita pessoas desta forma. ` +
        'Um gerente do espaço pode fazer isso no próprio Google Chat.',
    },
  },
  addApp: {
    summary: 'Adicione-me a este espaço.',
    added: 'Agora estou neste espaço. Mencione-me e escreva algo, e eu publico em seu nome.',
    here: 'Já estou aqui.',
    refused: {
      'not-allowed':
        'O Google Chat não deixou você me adicionar a este espaço. ' +
        'Um gerente do espaço pode me adicionar, se o administrador permitir apps.',
      gone: 'O Google Chat não encontra mais este espaço, e por isso você não pode me adicionar a ele.',
      invalid: 'O Google Chat não aceita apps neste espaço.',
    },
  },
  space: {
    summary: 'Crie um espaço com nome e pessoas, em seu nome.',
    example: 'space Festa de lançamento @Ana @Bruno',
    usage:
      'Diga qual será o nome do espaço e mencione quem deve estar nele. ' +
      'Por exemplo: “space Festa de lançamento @Ana @Bruno”',
    nameTooLong: (limit) =>
      `O nome de um espaço tem no máximo ${limit} caracteres. Escolha um nome mais curto.`,
    tooMany: (limit) =>
      `Um espaço novo aceita ${limit} pessoas além de você. Mencione menos pessoas e adicione as outras depois.`,
    made: (name, address) => `O espaço “${name}” está pronto: ${address}`,
    refused: {
      'not-allowed':
        'O Google Chat não deixou você criar este espaço. ' +
        'Verifique se sua organização permite que você crie espaços e adicione estas pessoas a eles.',
      gone: 'O Google Chat não encontra todas as pessoas que você mencionou, e por isso não criei o espaço.',
      taken: 'Já existe um espaço com este nome na sua organização. Escolha outro nome.',
      invalid:
        'O Google Chat não aceitou este espaço. Tente outro nome e mencione só pessoas da sua organização.',
    },
  },
  incident: {
    summary: 'Abra uma sala para um incidente, com pessoas e um card de status, em seu nome.',
    example: 'incident A API de pagamentos caiu @Ana @Bruno',
    usage:
      'Diga o que aconteceu e mencione quem deve ajudar. ' +
      'Por exemplo: “incident A API de pagamentos caiu @Ana @Bruno”',
    creating: 'Criando a sala do incidente …',
    joining: 'A sala do incidente está criada. Entrando nela …',
    made: (name, address) => `A sala do incidente “${name}” está pronta: ${address}`,
    alone: (name, address) =>
      `A sala do incidente “${name}” está pronta: ${address}\n` +
      'Mas o Google Chat não me deixou entrar nela, e por isso ela não tem card de status. ' +
      'Um gerente da sala pode me adicionar, se o administrador permitir apps.',
    status: {
      open: 'Aberto',
      investigating: 'Em investigação',
      resolved: 'Resolvido',
    },
    statusLabel: 'Status',
    history: 'O que aconteceu',
    entry: {
      open: (name, time) => `${time} · ${name} abriu este incidente.`,
      investigating: (name, time) => `${time} · ${name} está investigando.`,
      resolved: (name, time) => `${time} · ${name} marcou este incidente como resolvido.`,
    },
    gone: 'O card deste incidente não existe mais, então não há nada para mudar.',
    somebody: 'Alguém',
    refused: {
      'not-allowed':
        'O Google Chat não deixou você abrir esta sala. ' +
        'Verifique se a sua organização permite que você crie espaços e adicione estas pessoas a eles.',
      gone: 'O Google Chat não encontra todas as pessoas que você mencionou, e por isso não abri a sala.',
      taken:
        'Já existe um espaço com este nome na sua organização. Descreva o incidente com outras palavras.',
      invalid:
        'O Google Chat não aceitou esta sala. Descreva o incidente com outras palavras e mencione só pessoas da sua organização.',
    },
  },
  schedule: {
    summary:
      'Publique algo mais tarde, em seu nome, mesmo na sua ausência. Sozinho, o comando lista o que está por vir.',
    example: 'schedule amanhã às 9:00 Bom dia',
    usage:
      'Diga quando e, depois, o que publicar. Por exemplo: “schedule amanhã às 9:00 Bom dia”, ' +
      '“schedule em 20 minutos Voltei do almoço”. Escreva só “schedule” para ver o que está por vir.',
    noText:
      'Diga o que publicar, depois do horário. Por exemplo: “schedule amanhã às 9:00 Bom dia”',
    past: (time) => `Este horário já passou: ${time}. Escolha um mais tarde.`,
    tooFar: (time) => `Falta mais de um ano para este horário: ${time}. Escolha um mais próximo.`,
    tooMany: (limit) =>
      `Você já tem ${limit} publicações à espera. Cancele uma delas primeiro: escreva “schedule” para vê-las.`,
    passed: (time) =>
      `Você me pediu que publicasse algo neste horário: ${time}. Ele passou antes que eu pudesse publicar. ` +
      'Não publiquei: se ainda quiser, peça de novo.',
    noZone:
      'Não sei qual é o seu fuso horário, e o Google Chat não me informou. ' +
      'Escreva uma vez “schedule zone” e um lugar, por exemplo “schedule zone America/Sao_Paulo”, e peça de novo.',
    zoneKept: (zone) => `Guardei o seu fuso horário: ${zone}.`,
    zoneUnknown: (zone) =>
      `Não conheço o fuso horário “${zone}”. Escreva-o assim: “America/Sao_Paulo” ou “Europe/Lisbon”.`,
    planned: {
      title: 'Agendado',
      when: (time) => `Vou publicar isto em seu nome (${time}):`,
    },
    list: {
      title: 'O que vou publicar por você',
      none: 'Não há nada agendado. Por exemplo: “schedule amanhã às 9:00 Bom dia”',
      more: (count) => `… e mais ${count}.`,
      where: (time, space) => `${time} · ${space}`,
      dm: 'Mensagem direta',
      otherSpace: 'Outro espaço',
    },
    cancel: 'Cancelar',
    due: (text) => `Chegou a hora do que você havia agendado: “${text}”`,
    refused: {
      'not-allowed':
        'Não consegui publicar o que você havia agendado: o Google Chat não me deixou fazer isso em seu nome. ' +
        'Verifique se você participa daquele espaço e pode publicar nele.',
      'not-a-member':
        'Não consegui publicar o que você havia agendado: não participo mais daquele espaço. Adicione-me a ele e agende de novo.',
      gone: 'Não consegui publicar o que você havia agendado: o Google Chat não encontra mais aquele espaço.',
    },
    cancelled: 'Cancelado. Não vou publicar isto:',
    tooLate: 'Isto já foi publicado ou cancelado.',
  },
  pages: {
    success: {
      title: 'Sua conta está conectada',
      text: [
        'Volte ao Google Chat: o que você pediu está sendo feito agora.',
        'Você pode fechar esta guia.',
      ],
    },
    declined: {
      title: 'A conta não foi conectada',
      text: [
        'Você escolheu não dar a permissão. Tudo bem: nada foi armazenado, e nada será publicado em seu nome.',
        'Se mudar de ideia, abra o link no Google Chat de novo.',
      ],
    },
    refused: {
      title: 'O Google não permitiu',
      text: [
        'O Google encerrou o login antes que você pudesse dar a permissão. Nada foi armazenado.',
        'Talvez sua organização ainda não permita este app. Fale com o administrador.',
      ],
    },
    'other-account': {
      title: 'Esta conta é outra',
      text: [
        'O link pertence a quem fez o pedido ao app no Google Chat. Você fez login com outra conta, e por isso nada foi armazenado.',
        'Se o link é seu, abra-o no Google Chat de novo e escolha a conta que você usa lá. Se alguém o enviou para você, feche esta guia: você não precisa fazer nada.',
      ],
    },
    'connected-in-part': {
      title: 'Conexão parcial',
      text: [
        'Nem todas as permissões pedidas foram marcadas. O que precisa da que falta está desativado; todo o resto funciona.',
        'Volte ao Google Chat: o card pede lá o que falta. Para ver a qualquer momento o que está desativado, escreva “status” para o app.',
      ],
    },
    'permission-missing': {
      title: 'Falta uma permissão',
      text: [
        'Você fez login, mas nenhuma das permissões pedidas foi marcada. Nada foi armazenado, e nada será feito em seu nome.',
        'Para dar a permissão, abra o link no Google Chat de novo e marque a caixa. Se o link tiver expirado, peça outro ao app.',
      ],
    },
    expired: {
      title: 'Este link não funciona mais',
      text: [
        'Um link para conectar a conta funciona por uma hora. Nada foi armazenado.',
        'Peça de novo ao app no Google Chat, e ele enviará outro link.',
      ],
    },
    'already-used': {
      title: 'Este link já foi usado',
      text: [
        'Um link para conectar a conta funciona uma vez. Se foi você quem o usou, sua conta está conectada: volte ao Google Chat.',
        'Se ainda faltar algo, peça de novo ao app no Google Chat.',
      ],
    },
    'bad-request': {
      title: 'Não deu certo',
      text: [
        'O que o navegador trouxe até aqui não é aquilo a que um link do Google Chat leva, ou foi trazido pela segunda vez. Nada foi armazenado.',
        'Abra o link no Google Chat de novo, em vez de recarregar esta página.',
      ],
    },
    'not-available': {
      title: 'Tente de novo daqui a pouco',
      text: [
        'Não conseguimos concluir a conexão agora. Nada se perdeu.',
        'Espere um minuto e abra o link no Google Chat de novo.',
      ],
    },
    'too-many': {
      title: 'Muitas visitas seguidas',
      text: [
        'Esta página foi aberta no último minuto mais vezes do que o normal. Nada foi salvo e nada se perdeu.',
        'Espere um minuto e recarregue esta página.',
      ],
    },
    'not-found': {
      title: 'Não há nada aqui',
      text: ['Este endereço é só para quem vem de um link no Google Chat.'],
    },
    'method-not-allowed': {
      title: 'Esta página só pode ser aberta',
      text: [
        'Este endereço só responde a navegadores que o abrem a partir de um link no Google Chat.',
      ],
    },
  },
};
