/** Models: the dialog and what is said of a model. */

import { counted } from "./counted.js";

/** @type {Pick<import("../translation").Translation, "MODELS" | "MODEL_SENTENCES" | "PROGRESS">} */
export const models = {
  MODELS: {
    title: "النماذج",
    bigger: "النماذج الأكبر تجيب أفضل:",
    here: "على هذا الحاسوب",
    recommended: "موصى به لهذا الحاسوب",
    catalogue: "نماذج أخرى",
    added: "نماذج أضفتها",
    asking: "جارٍ الاستعلام عن النماذج المتاحة…",
    startingPython: "جارٍ تشغيل Python، وهذا في الانتظار",
    beginning: "جارٍ البدء",
    stopping: "جارٍ الإيقاف",

    inUse: "قيد الاستخدام",
    use: "استخدام",
    download: "تنزيل",
    resume: "استئناف",
    verify: "تحقق",
    remove: "إزالة",
    page: "صفحة النموذج",
    whyNot: "لماذا هذا فقط؟",

    another: "نموذج آخر",
    modelId: "معرّف النموذج",
    get: "جلب",
    idHint: "معرّف في مستودع النماذج مثل ⁦onnx-community/Qwen3-0.6B-ONNX⁩، أو عنوان صفحته.",
    looking: "جارٍ النظر فيما لدى المستودع",
    isHere: "موجود هنا",

    folder: "اختيار مجلد",
    folderHint: "مجلد نموذج ONNX من هذا الحاسوب. يُنسخ إلى مساحة تخزين المتصفح.",
    importing: "جارٍ النسخ إلى مساحة تخزين المتصفح",
    emptyFolder: "لا ملفات في هذا المجلد. اختر المجلد الذي يحوي config.json.",

    storage: "التخزين",
    notKept:
      "لا يحتفظ هذا المتصفح بشيء لهذه الصفحة، كما تفعل النوافذ الخاصة: لا تبقى النماذج إلا حتى تُغلق الصفحة.",
    keep: "الاحتفاظ بالبيانات",
    kept: "يحتفظ المتصفح بهذه البيانات حتى تزيلها.",
    agreed: "وافق المتصفح: يحتفظ بهذه البيانات حتى تزيلها.",
    declined:
      "لم يوافق المتصفح حاليًا: قد يزيل النماذج عند امتلاء القرص. وهو يوافق عادةً إذا ثُبِّت الموقع أو كثر استخدامه.",
  },

  MODEL_SENTENCES: {
    downloadingModel: (model) => `جارٍ تنزيل ${model}`,
    verifyingModel: (model) => `جارٍ التحقق من ${model}`,
    modelIsHere: (model) => `أصبح ${model} على هذا الحاسوب.`,
    modelAnswers: (model) => `من الآن يجيب ${model}.`,
    modelIsGone: (model, instead) => `لم يعد ${model} معروفًا هنا، ويجيب ${instead} بدلًا منه.`,
    removed: (model) => `أُزيل ${model}.`,
    removedForAnother: (model, instead) => `أُزيل ${model}، ويجيب الآن ${instead}.`,
    freed: (bytes) => `تحررت ${bytes}.`,

    nameAndSize: (model, bytes) => `${model}، ${bytes}`,
    parameters: (count) => `المعاملات: ${count}`,
    reads: (tokens) => `يقرأ ${tokens} رمز`,
    memory: (bytes) => `نحو ${bytes} من الذاكرة`,
    inAll: (bytes) => `${bytes} إجمالًا`,
    loaded: "محمَّل الآن",
    withApp: "مضمَّن في التطبيق",
    onDisk: (bytes) => `${bytes} على القرص`,
    areHere: (bytes) => `${bytes} موجودة هنا`,
    toDownload: (bytes) => `${bytes} للتنزيل`,
    sizeNotKnown: "الحجم غير معروف بعد",
    about: (bytes) => `نحو ${bytes}`,

    foundBuilds: (repository, count) =>
      counted(count, {
        zero: `${repository}: لا صيغ.`,
        one: `${repository}: صيغة واحدة.`,
        two: `${repository}: صيغتان.`,
        few: `${repository}: # صيغ.`,
        many: `${repository}: # صيغة.`,
        other: `${repository}: # صيغة.`,
      }),
    whole: (files) =>
      counted(files, {
        zero: "لا ملفات للتحقق منها.",
        one: "ملفه الوحيد سليم.",
        two: "كلا الملفين سليم.",
        few: "جميع الملفات سليمة، وعددها #.",
        many: "جميع الملفات سليمة، وعددها #.",
        other: "جميع الملفات سليمة، وعددها #.",
      }),
    repaired: (files, names) =>
      counted(files, {
        zero: "لم يكن أي ملف تالفًا.",
        one: `كان ملف واحد تالفًا وجُلب من جديد: ${names}.`,
        two: `كان ملفان تالفين وجُلبا من جديد: ${names}.`,
        few: `كانت # ملفات تالفة وجُلبت من جديد: ${names}.`,
        many: `كان # ملفًا تالفًا وجُلبت من جديد: ${names}.`,
        other: `كان # ملف تالفًا وجُلبت من جديد: ${names}.`,
      }),
    modelsTake: (bytes) => `تشغل النماذج ${bytes}.`,
    siteUses: (used, quota) => `يستخدم هذا الموقع ${used} من أصل ${quota} يسمح بها المتصفح.`,
  },

  PROGRESS: {
    phases: {
      "starting-python": "جارٍ تشغيل Python، ورسالتك في الانتظار",
      checking: "جارٍ التحقق مما يلزم",
      waiting: "لسان تبويب آخر ينزّل هذا النموذج",
      downloading: "جارٍ التنزيل:",
      verifying: "جارٍ التحقق:",
      loading: "جارٍ التحميل في الذاكرة",
      compiling: "جارٍ التصريف لهذا الحاسوب",
      "warming-up": "جارٍ الإحماء",
    },
    of: (part, whole) => `${part} من ${whole}`,
    noDataFor: (time) => `لا بيانات منذ ${time}`,
    left: (time) => `بقي ${time}`,
    seconds: (count) => `${count} ث`,
    minutes: (count) => `${count} د`,
    hours: (count) => `${count} س`,
  },
};
