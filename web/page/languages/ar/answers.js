/** How the model answers, what goes with a message, and the words around what an answer holds. */

import { counted } from "./counted.js";

/**
 * @type {Pick<import("../translation").Translation, "ANSWERS" | "ANSWER_SENTENCES" |
 *   "BUILT_IN_PRESETS" | "ATTACHING" | "ATTACHING_SENTENCES" | "RENDERING" | "RENDERING_SENTENCES">}
 */
export const answers = {
  ANSWERS: {
    title: "الردود",
    forNew: "للمحادثة الجديدة.",
    forLater: "تبدأ المحادثات الجديدة بآخر ما ضُبط.",
    system: "تعليمات النظام",
    systemHint: "ما يُقال للنموذج قبل المحادثة. وإن تُركت فارغة فلا يُقال له شيء.",

    presets: "الإعدادات المسبقة",
    savePreset: "حفظ كإعداد مسبق",
    presetName: "اسم الإعداد المسبق",
    save: "حفظ",
    cancel: "إلغاء",
    undo: "تراجع",
    rename: "إعادة تسمية",
    remove: "حذف",
    replaced: "استُبدل النص الذي كتبته.",
    nameTaken: "يحمل إعداد مسبق آخر هذا الاسم.",
    noName: "اكتب اسمًا أولًا.",
    noPresets: "لا توجد إعدادات مسبقة.",

    names: {
      temperature: "درجة الحرارة",
      top_p: "Top p",
      top_k: "Top k",
      max_tokens: "أقصى عدد للرموز",
      seed: "بذرة العشوائية",
      presence_penalty: "عقوبة الحضور",
      frequency_penalty: "عقوبة التكرار",
    },
    hints: {
      temperature: "من 0، وهو الأرجح، إلى 2، وهو الأغرب.",
      top_p: "أكبر من 0 وحتى 1. الأدنى أكثر حذرًا.",
      top_k: "عدد الكلمات الأرجح. لا يعمل مع WebLLM.",
      max_tokens: "أقصى طول للرد.",
      seed: "إن تُركت فارغة: بذرة جديدة كل مرة.",
      presence_penalty: "من ⁦-2⁩ إلى 2. الأعلى: تنوع أكثر.",
      frequency_penalty: "من ⁦-2⁩ إلى 2. الأعلى: تكرار أقل.",
    },
    byDefault: "الافتراضي",
    empty: { seed: "عشوائية", top_k: "معطَّل" },

    stop: "نصوص الإيقاف",
    stopHint: "نص في كل سطر، وعددها 8 على الأكثر. ينتهي الرد قبل أول نص يظهر منها.",
    reasoning: "التفكير",
    reasoningChoices: { default: "كما في النموذج", on: "مفعَّل", off: "معطَّل" },
    reasoningHint: "هل يفكر النموذج قبل أن يجيب.",
    format: "صيغة الرد",
    formats: { text: "نص", json_object: "JSON", json_schema: "مخطط JSON" },
    schema: "مخطط JSON",
    schemaHint: "يتبع الرد هذا المخطط.",

    reset: "العودة إلى افتراضيات النموذج",
    wasReset: "عادت كلها إلى افتراضيات النموذج. وتبقى تعليمات النظام.",
    isDefault: "كلها على افتراضيات النموذج أصلًا.",
    resetUndone: "عادت الإعدادات كما كانت.",
  },

  ANSWER_SENTENCES: {
    tooManyStops: "نصوص الإيقاف 8 على الأكثر.",
    noSchema: 'اكتب مخططًا، مثل ⁦{"type": "object"}⁩.',
    noObject: "المخطط كائن: يبدأ بـ ⁦{⁩ وينتهي بـ ⁦}⁩.",
    noJson: "هذا ليس JSON.",
    noJsonAt: (line, column) => `هذا ليس JSON. انظر السطر ${line}، العمود ${column}.`,
    mustBeNumber: "يجب أن يكون هذا عددًا.",
    mustBeWhole: "يجب أن يكون هذا عددًا صحيحًا.",
    above: (min, max) => `يجب أن يكون أكبر من ${min} وألا يزيد على ${max}.`,
    orMore: (min) => `يجب ألا يقل عن ${min}.`,
    between: (min, max) => `يجب أن يكون من ${min} إلى ${max}.`,
    stillInUseDefault: "ما زالت قيمة النموذج الافتراضية مستخدمة.",
    stillInUse: (value) => `ما زال مستخدمًا: ⁨${value}⁩.`,
    forConversation: (title) => `للمحادثة «⁨${title}⁩».`,
    cannotReason: (model) => `لا يدعم ${model} التفكير.`,
    optionsOfPreset: (name) => `خيارات الإعداد المسبق ${name}`,
    presetSaved: (name) => `حُفظ الإعداد المسبق «⁨${name}⁩».`,
    presetReplaced: (name) => `استُبدل الإعداد المسبق «⁨${name}⁩».`,
    presetRemoved: (name) => `حُذف الإعداد المسبق «⁨${name}⁩».`,
    numbered: (name, number) => `${name} (${number})`,
  },

  BUILT_IN_PRESETS: [
    {
      id: "short",
      name: "ردود قصيرة",
      text: "أجب في جملة أو جملتين، بلا تحية ولا خاتمة.",
    },
    {
      id: "simple",
      name: "كلمات بسيطة",
      text: "اشرح الأمور بكلمات بسيطة وجمل قصيرة، مع مثال من الحياة اليومية.",
    },
    {
      id: "proofreader",
      name: "تدقيق لغوي",
      text: "صحّح الإملاء والنحو في النص الذي يُعطى لك. لا تغيّر شيئًا آخر، وأجب بالنص المصحَّح وحده.",
    },
    {
      id: "programmer",
      name: "البرمجة",
      text: "أنت تساعد مبرمجًا متمرسًا. أجب بالعربية، بالشيفرة أولًا ثم بتعليل قصير. وإن لم تكن متأكدًا فقل ذلك.",
    },
  ],

  ATTACHING: {
    attach: "إرفاق ملفات",
    files: "الملفات المرفقة",
    choose: "ملفات للإرفاق",
    goAlong: "تُرسل الملفات المرفقة معها.",
    drop: "أفلت ملفات نصية هنا لإرفاقها.",
    window: "نافذة النموذج",
  },

  ATTACHING_SENTENCES: {
    tokens: (count) =>
      counted(count, {
        zero: "بلا رموز",
        one: "رمز واحد",
        two: "رمزان",
        few: "# رموز",
        many: "# رمزًا",
        other: "# رمز",
      }),
    aboutTokens: (count) =>
      counted(count, {
        zero: "بلا رموز تقريبًا",
        one: "نحو رمز واحد",
        two: "نحو رمزين",
        few: "نحو # رموز",
        many: "نحو # رمزًا",
        other: "نحو # رمز",
      }),
    removeFile: (name) => `إزالة ⁨${name}⁩`,
    fileAttached: (name) => `أُرفق ⁨${name}⁩.`,
    fileRemoved: (name) => `أُزيل ⁨${name}⁩.`,
    notText: (name) => `⁨${name}⁩ ليس ملفًا نصيًا. لا يمكن إرفاق غير النصوص.`,
    unknownEncoding: (name) => `⁨${name}⁩ مكتوب بترميز قديم. احفظه بترميز UTF-8 ثم أرفقه من جديد.`,
    fileTooLarge: (name) => `يزيد حجم ⁨${name}⁩ على 1 م.ب. أرفق جزءًا منه.`,
    fileEmpty: (name) => `⁨${name}⁩ فارغ.`,
    fileNotRead: (name) => `تعذّرت قراءة ⁨${name}⁩. اختره من جديد.`,
    othersRefused: (count) =>
      counted(count, {
        zero: "قُبلت الملفات الأخرى كلها.",
        one: "ولم يُقبل ملف آخر أيضًا.",
        two: "ولم يُقبل ملفان آخران أيضًا.",
        few: "ولم تُقبل # ملفات أخرى أيضًا.",
        many: "ولم يُقبل # ملفًا آخر أيضًا.",
        other: "ولم يُقبل # ملف آخر أيضًا.",
      }),
    beginningOf: (shown, all) => `البداية فقط: ${shown} من أصل ${all} من الأحرف.`,
    copyFile: (name) => `نسخ ⁨${name}⁩`,
    windowUsed: (used, all) =>
      counted(all, {
        zero: `${used} من لا شيء`,
        one: `${used} من رمز واحد`,
        two: `${used} من رمزين`,
        few: `${used} من # رموز`,
        many: `${used} من # رمزًا`,
        other: `${used} من # رمز`,
      }),
    windowUsedAbout: (used, all) =>
      counted(all, {
        zero: `نحو ${used} من لا شيء`,
        one: `نحو ${used} من رمز واحد`,
        two: `نحو ${used} من رمزين`,
        few: `نحو ${used} من # رموز`,
        many: `نحو ${used} من # رمزًا`,
        other: `نحو ${used} من # رمز`,
      }),
    messageTooLong: (room) =>
      counted(room, {
        zero: "هذه الرسالة أطول من اللازم: لا مكان لأي رمز. اختصرها أو أرفق أقل.",
        one: "هذه الرسالة أطول من اللازم: المكان يتسع لرمز واحد. اختصرها أو أرفق أقل.",
        two: "هذه الرسالة أطول من اللازم: المكان يتسع لرمزين. اختصرها أو أرفق أقل.",
        few: "هذه الرسالة أطول من اللازم: المكان يتسع لـ # رموز. اختصرها أو أرفق أقل.",
        many: "هذه الرسالة أطول من اللازم: المكان يتسع لـ # رمزًا. اختصرها أو أرفق أقل.",
        other: "هذه الرسالة أطول من اللازم: المكان يتسع لـ # رمز. اختصرها أو أرفق أقل.",
      }),
    keptForAnswer: (room) =>
      counted(room, {
        zero: "لا يُحجز منها شيء للرد.",
        one: "يُحجز منها رمز واحد للرد.",
        two: "يُحجز منها رمزان للرد.",
        few: "تُحجز منها # رموز للرد.",
        many: "يُحجز منها # رمزًا للرد.",
        other: "يُحجز منها # رمز للرد.",
      }),
    willBeDropped: (count) =>
      counted(count, {
        zero: "ستُقرأ الرسائل كلها.",
        one: "لن تُقرأ أقدم رسالة.",
        two: "لن تُقرأ أقدم رسالتين.",
        few: "لن تُقرأ أقدم # رسائل.",
        many: "لن تُقرأ أقدم # رسالة.",
        other: "لن تُقرأ أقدم # رسالة.",
      }),
  },

  RENDERING: {
    code: "شيفرة",
    plainText: "نص",
    table: "جدول",
    formula: "صيغة رياضية",
    wrap: "التفاف",
    wrapLines: "التفاف الأسطر الطويلة",
    download: "تنزيل",
    downloadCode: "تنزيل الشيفرة",
    thinking: "يفكر…",
    thought: "التفكير",
    loadImage: "تحميل الصورة",
    loadingImage: "جارٍ التحميل…",
    image: "صورة",
    imageFailed:
      "لا يقدّمها خادمها إلى صفحات أخرى، أو لم يستجب. يفتحها العنوان أعلاه في لسان تبويب خاص بها.",
    noAddress: "بلا عنوان",
    thoughtShortly: "فكّر لحظة",
  },

  RENDERING_SENTENCES: {
    thoughtSeconds: (seconds) => `فكّر ${seconds} ث`,
    thoughtMinutes: (minutes, seconds) => `فكّر ${minutes} د و${seconds} ث`,
  },
};
