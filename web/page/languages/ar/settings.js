/** The settings, with export, import and deletion. */

import { counted } from "./counted.js";

/**
 * @type {Pick<import("../translation").Translation, "SETTINGS" | "SETTINGS_SENTENCES" | "DATA" |
 *   "DATA_SENTENCES">}
 */
export const settings = {
  SETTINGS: {
    title: "الإعدادات",
    theme: "المظهر",
    themes: { system: "كما في النظام", light: "فاتح", dark: "داكن" },

    sendWith: "الإرسال بـ",
    language: "اللغة",
    asBrowser: "كما في المتصفح",
    afterReload: "تتغير لغة الصفحة عند إعادة تحميلها.",
    reloadNow: "إعادة التحميل الآن",
    answerFirst: "يُكتب الآن رد. أعد التحميل بعد انتهائه.",

    models: "مصدر النماذج",
    hubAddress: "عنوان مستودع النماذج",
    hubHint:
      "عنوان URL، تليه مضيفات أخرى يرسل منها الملفات، تفصل بينها مسافات. وإن تُرك فارغًا فهو الافتراضي.",
    save: "حفظ",
    useDefault: "استخدام الافتراضي",
    saving: "جارٍ التحقق من العنوان…",
    mirror: "تأتي النماذج الموجودة على هذا الخادم منه، وما عداها من المستودع.",

    data: "بياناتك",
  },

  SETTINGS_SENTENCES: {
    defaultHub: (address) => `العنوان الافتراضي هو ${address}.`,
    hubInUse: (address) => `تُجلب النماذج من ${address}.`,
    addressStays: (address) => `ما زال مستخدمًا: ${address}.`,
    defaultStays: "ما زال الافتراضي مستخدمًا.",
  },

  DATA: {
    about: "تُحفظ المحادثات والإعدادات والنماذج في هذا المتصفح وحده.",
    aboutImport:
      "يمكن استيراد ما صدّره localm وChatGPT (conversations.json) وWebLLM Chat؛ ويمكن إفلات ملف هنا أيضًا.",
    export: "تصدير",
    import: "استيراد",
    importFiles: "ملفات للاستيراد",
    chooseAnother: "اختيار ملف آخر",
    reading: "جارٍ قراءة الملف…",
    readingFiles: "جارٍ قراءة الملفات…",
    starting: "جارٍ تشغيل Python أولًا…",
    undo: "تراجع",
    importUndone: "أُلغي الاستيراد.",
    nothingExported: "لا شيء للتصدير بعد.",
    tooLarge: "يزيد حجم هذا الملف على 200 م.ب. استورده على أجزاء.",
    notRead: "تعذّر على المتصفح قراءة هذا الملف. اختره من جديد.",
    notStored: "تعذّر حفظ المحادثات هنا، ولم تُستورد أي منها.",
    noRoom:
      "امتلأت مساحة تخزين المتصفح، ولم يُستورد شيء. أزل نموذجًا أو احذف محادثات قديمة، ثم أعد المحاولة.",
    notUndone: "تعذّر التراجع عن هذا.",
    notDeleted: "تعذّر حذف المحادثات.",

    deleteEverything: "حذف كل شيء",
    deleteQuestion: "أتريد حذف كل شيء؟",
    presetsAndSettings: "الإعدادات المسبقة والإعدادات",
    modelsStay: "تبقى النماذج.",
    delete: "حذف",
    cancel: "إلغاء",
    deleted: "حُذف كل ما ذُكر.",
    deletionUndone: "عاد كل شيء.",
  },

  DATA_SENTENCES: {
    noneIn: (app) => `لا محادثات في هذا الملف المصدَّر من ${app}.`,
    foundIn: (count, app) =>
      counted(count, {
        zero: `لا محادثات من ${app}.`,
        one: `محادثة واحدة من ${app}.`,
        two: `محادثتان من ${app}.`,
        few: `# محادثات من ${app}.`,
        many: `# محادثة من ${app}.`,
        other: `# محادثة من ${app}.`,
      }),
    importedFrom: (count, app) =>
      counted(count, {
        zero: `لم تُستورد أي محادثة من ${app}.`,
        one: `استُوردت محادثة واحدة من ${app}.`,
        two: `استُوردت محادثتان من ${app}.`,
        few: `استُوردت # محادثات من ${app}.`,
        many: `استُوردت # محادثة من ${app}.`,
        other: `استُوردت # محادثة من ${app}.`,
      }),
    allAreHere: "كلها موجودة هنا.",
    imported: (count) =>
      counted(count, {
        zero: "لم تُستورد أي محادثة.",
        one: "استُوردت محادثة واحدة.",
        two: "استُوردت محادثتان.",
        few: "استُوردت # محادثات.",
        many: "استُوردت # محادثة.",
        other: "استُوردت # محادثة.",
      }),
    areHere: (count) =>
      counted(count, {
        zero: "ليس منها شيء هنا.",
        one: "واحدة موجودة هنا.",
        two: "اثنتان موجودتان هنا.",
        few: "# موجودة هنا.",
        many: "# موجودة هنا.",
        other: "# موجودة هنا.",
      }),
    presetsImported: (count) =>
      counted(count, {
        zero: "لم يُستورد أي إعداد مسبق.",
        one: "استُورد إعداد مسبق واحد.",
        two: "استُورد إعدادان مسبقان.",
        few: "استُوردت # إعدادات مسبقة.",
        many: "استُورد # إعدادًا مسبقًا.",
        other: "استُورد # إعداد مسبق.",
      }),
    exported: (name, count) =>
      counted(count, {
        zero: `حُفظ ${name} بلا محادثات.`,
        one: `حُفظ ${name} وفيه محادثة واحدة.`,
        two: `حُفظ ${name} وفيه محادثتان.`,
        few: `حُفظ ${name} وفيه # محادثات.`,
        many: `حُفظ ${name} وفيه # محادثة.`,
        other: `حُفظ ${name} وفيه # محادثة.`,
      }),
    conversationsGo: (count) =>
      counted(count, {
        zero: "لا محادثات",
        one: "محادثة واحدة",
        two: "المحادثتان",
        few: "جميع المحادثات (#)",
        many: "جميع المحادثات (#)",
        other: "جميع المحادثات (#)",
      }),
    alsoModels: (count, bytes) =>
      counted(count, {
        zero: "لا نماذج منزَّلة",
        one: `والنموذج المنزَّل أيضًا (${bytes})`,
        two: `والنموذجان المنزَّلان أيضًا (${bytes})`,
        few: `والنماذج المنزَّلة أيضًا، وعددها # (${bytes})`,
        many: `والنماذج المنزَّلة أيضًا، وعددها # (${bytes})`,
        other: `والنماذج المنزَّلة أيضًا، وعددها # (${bytes})`,
      }),
  },
};
