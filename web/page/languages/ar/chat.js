/** The conversation, the list of conversations and the page around them. */

import { counted } from "./counted.js";

/**
 * @type {Pick<import("../translation").Translation, "TEXT" | "CHAT_SENTENCES" | "HISTORY" |
 *   "HISTORY_SENTENCES" | "MESSAGE" | "MESSAGE_SENTENCES" | "PAGE" | "SHORTCUTS">}
 */
export const chat = {
  TEXT: {
    you: "أنت",

    starting: "جارٍ البدء",
    ready: "جاهز",
    notRunning: "متوقف",
    waitingForPython: "جارٍ تشغيل Python",
    loading: "جارٍ التحميل",
    answering: "جارٍ الرد",
    stopping: "جارٍ الإيقاف",

    waitsInLine: "جارٍ تشغيل Python، ورسالتك في الانتظار",
    reading: "جارٍ قراءة رسالتك…",
    stopped: "أوقفتَ هذا الرد.",
    stoppedBeforeText: "أُوقف قبل أن يبدأ الرد.",
    cutOff: "بلغ الرد أقصى طول له.",
    noText: "لم يُنتج النموذج أي نص.",

    send: "إرسال",
    stop: "إيقاف",
    cancel: "إلغاء",
    retry: "إعادة المحاولة",
    askForAccess: "طلب الوصول",
    askAgain: "السؤال مجددًا",
    reload: "إعادة التحميل",
    undo: "تراجع",
    dismiss: "إخفاء",
    details: "التفاصيل",
    why: "لماذا؟",
    copy: "نسخ",
    copied: "نُسخ",
    copyFailed: "لم يُنسخ",
    copyAnswer: "نسخ الرد",
    copyCode: "نسخ الشيفرة",
    copyDetails: "نسخ التفاصيل",

    close: "إغلاق",
    newVersion: "يتوفر إصدار جديد من localm.",
  },

  CHAT_SENTENCES: {
    loadingModel: (model) => `جارٍ تحميل ${model}`,
    useModel: (model) => `استخدام ${model}`,
    droppedMessages: (count) =>
      counted(count, {
        zero: "لم تُحذف أي رسالة من نافذة النموذج.",
        one: "لم تعد أقدم رسالة تتسع لها نافذة النموذج، فتُركت.",
        two: "لم تعد أقدم رسالتين تتسع لهما نافذة النموذج، فتُركتا.",
        few: "لم تعد أقدم # رسائل تتسع لها نافذة النموذج، فتُركت.",
        many: "لم تعد أقدم # رسالة تتسع لها نافذة النموذج، فتُركت.",
        other: "لم تعد أقدم # رسالة تتسع لها نافذة النموذج، فتُركت.",
      }),

    noWebGpu: "لم يكن WebGPU متاحًا، فالرد من CPU",
    startsAgain: (engine) => `توقف ${engine}، ويبدأ الرد من جديد`,
    anotherTakesOver: (engine) => `تعذّر على ${engine} تشغيل النموذج، فيتولاه محرّك آخر`,
    toDownloadFirst: (line, bytes) => `${line} (يلزم تنزيل ${bytes} أولًا)`,
    stoppedAndAnswered: (failed, next, device) => `توقف ${failed}، فأجاب ${next} على ${device}`,
    couldNotAndAnswered: (failed, next, device) =>
      `تعذّر على ${failed} تشغيل النموذج، فأجاب ${next} على ${device}`,

    pageFailed: "تعذّر على الصفحة عرض هذا الرد. أعد المحاولة؛ وإن تكرر ذلك فأعد تحميل الصفحة.",

    tokens: (count) =>
      counted(count, {
        zero: "بلا رموز",
        one: "رمز واحد",
        two: "رمزان",
        few: "# رموز",
        many: "# رمزًا",
        other: "# رمز",
      }),
    tokensPerSecond: (count) => `${count} رمز/ث`,
    firstText: (seconds) => `أول نص بعد ${seconds} ث`,
  },

  HISTORY: {
    title: "المحادثات",
    show: "إظهار المحادثات",
    hide: "إخفاء المحادثات",
    search: "البحث في المحادثات",
    none: "ستظهر محادثاتك هنا، وتبقى في هذا المتصفح.",
    nothingFound: "لم يُعثر على شيء.",
    results: "نتائج البحث",
    pinned: "المثبّتة",
    today: "اليوم",
    yesterday: "أمس",
    thisWeek: "آخر 7 أيام",
    thisMonth: "آخر 30 يومًا",
    untitled: "بلا عنوان",
    rename: "إعادة التسمية",
    newTitle: "العنوان",
    pin: "تثبيت",
    unpin: "إلغاء التثبيت",
    asMarkdown: "حفظ بصيغة Markdown",
    remove: "حذف",
    removed: "حُذفت المحادثة.",
    isGone: "لم تعد تلك المحادثة موجودة هنا.",
    notKept: "تعذّر حفظ هذه المحادثة في المتصفح. صدّرها قبل إغلاق الصفحة.",
    noRoom: "امتلأت مساحة تخزين المتصفح، فلم تُحفظ هذه المحادثة. أزل نموذجًا أو احذف محادثات قديمة.",
    refused:
      "لا يحفظ هذا المتصفح المحادثات هنا (أهي نافذة خاصة؟). وتزول المحادثات عند إغلاق الصفحة.",
    lost: "مُسحت مساحة تخزين المتصفح، فلا يُحفظ شيء حتى يُعاد تحميل الصفحة. ويبقى ما على الشاشة كما هو.",
    newer:
      "حُفظت محادثاتك بإصدار أحدث من localm. أعد تحميل الصفحة للحصول عليه؛ ولا يُحفظ شيء حتى ذلك الحين.",
    broken: "يتعذّر فتح المحادثات المحفوظة. أعد تحميل الصفحة؛ وإن لم يُجدِ ذلك فابدأ من جديد بدونها.",
    reset: "البدء من جديد",
  },

  HISTORY_SENTENCES: {
    optionsFor: (title) => `خيارات ${title}`,
    found: (count) =>
      counted(count, {
        zero: "لا محادثات",
        one: "محادثة واحدة",
        two: "محادثتان",
        few: "# محادثات",
        many: "# محادثة",
        other: "# محادثة",
      }),
    otherVersions: (count) =>
      counted(count, {
        zero: "كل النسخ موجودة في هذا الملف.",
        one: "توجد نسخة أخرى ليست في هذا الملف.",
        two: "توجد نسختان أخريان ليستا في هذا الملف.",
        few: "توجد # نسخ أخرى ليست في هذا الملف.",
        many: "توجد # نسخة أخرى ليست في هذا الملف.",
        other: "توجد # نسخة أخرى ليست في هذا الملف.",
      }),
  },

  MESSAGE: {
    versions: "النسخ",
    older: "نسخة أقدم",
    newer: "نسخة أحدث",
    copyPrompt: "نسخ الرسالة",
    copyText: "نسخ بصيغة نص عادي",
    asText: "نص عادي",
    edit: "تعديل",
    editing: "تعديل الرسالة",
    saveEdit: "إرسال",
    edited: "تبقى صياغتك السابقة نسخة مستقلة.",
    regenerate: "توليد الرد من جديد",
    goOn: "متابعة",
    remove: "حذف",
    interrupted: "انقطع هذا الرد.",
    elsewhere: "يكتب هذا الردَّ لسانُ تبويب آخر.",
    earlier: "إظهار الرسائل السابقة",
    waits: "يجري الرد على محادثة أخرى أولًا",
  },

  MESSAGE_SENTENCES: {
    deletedTurns: (turns) =>
      counted(turns, {
        zero: "لم يُحذف شيء.",
        one: "حُذف السؤال وجوابه.",
        two: "حُذف سؤالان وجواباهما.",
        few: "حُذفت # أسئلة وأجوبتها.",
        many: "حُذف # سؤالًا وأجوبتها.",
        other: "حُذف # سؤال وأجوبتها.",
      }),
  },

  PAGE: {
    conversations: "المحادثات",
    showConversations: "إظهار المحادثات",
    models: "النماذج",
    settings: "الإعدادات",
    newChat: "محادثة جديدة",
    starting: "جارٍ البدء",
    conversation: "المحادثة",
    welcome: "ترحيب",
    promise: "يعمل على هذا الحاسوب، ولا يغادره شيء مما تكتبه.",
    starters: "أسئلة للبدء",
    startersNote:
      "لا يفهم النموذج الصغير المضمَّن Guide إلا الإنجليزية؛ أما Qwen3 فيعرف العربية أيضًا.",
    latest: "الأحدث",
    newMessage: "رسالة جديدة",
    message: "الرسالة",
    writeMessage: "اكتب رسالة",
    attach: "إرفاق ملفات",
    send: "إرسال",
    stop: "إيقاف",
    stopByKey: "إيقاف (Esc)",
  },

  SHORTCUTS: {
    title: "اختصارات لوحة المفاتيح",
    list: "إظهار هذه القائمة",
    send: "إرسال الرسالة",
    line: "بدء سطر جديد",
    stop: "إيقاف الرد",
    newChat: "محادثة جديدة",
    search: "البحث في المحادثات",
    side: "إظهار المحادثات أو إخفاؤها",
    message: "كتابة رسالة",
    ctrl: "Ctrl",
    shift: "Shift",
    keys: { enter: "Enter", escape: "Esc" },
  },
};
