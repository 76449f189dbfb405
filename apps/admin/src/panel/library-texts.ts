import type { Language } from '#domain/i18n';

interface LibraryTexts {
  readonly labels: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, string>>;
  readonly [section: string]: unknown;
}

const zhCn: LibraryTexts = {
  labels: {
    navigation: '导航',
    pages: '页面',
    dashboard: '首页',
    filters: '筛选',
    selectedRecords: '已选中（{{selected}}）',
  },
  actions: { bulkDelete: '删除所选' },
  buttons: {
    save: '保存',
    cancel: '取消',
    confirm: '确定',
    filter: '筛选',
    filterActive: '筛选（{{count}}）',
    applyChanges: '应用',
    resetFilter: '清除',
    createFirstRecord: '新建第一条',
    login: '登录',
    logout: '退出登录',
    addNewItem: '添加一项',
    contactUs: '联系我们',
  },
  properties: { from: '从', to: '到', length: '长度' },
  messages: {
    successfullyCreated: '已创建',
    successfullyUpdated: '已保存',
    thereWereValidationErrors: '没有保存：请按提示修改后再试',
    forbiddenError: '您的岗位没有这项权限',
    anyForbiddenError: '您的岗位没有这项权限',
    errorFetchingRecords: '读取列表失败，请刷新后重试；如使用了筛选，请检查筛选条件',
    errorFetchingRecord: '读取这条记录失败，请刷新后重试',
    error404Resource: '没有这个页面，或您的岗位没有权限',
    error404Action: '没有这个页面或这条记录，或您的岗位没有权限',
    error404Record: '找不到这条记录',
    noRecordsInResource: '还没有记录',
    noRecords: '没有符合条件的记录',
    noActionComponent: '这个操作没有页面',
    pageNotFound_title: '找不到页面',
    pageNotFound_subtitle: '请检查地址',
    seeConsoleForMore: '请刷新页面后重试',
    initialKey: '键 {{number}}',
    keyInUse: '键不能重复',
    keyPlaceholder: '键',
    valuePlaceholder: '值',
    keyValuePropertyDefaultDescription: '所有值按文本保存，键不能重复。',
  },
  components: {
    LanguageSelector: { availableLanguages: { 'zh-CN': '简体中文', en: 'English', pl: '波兰语' } },
    DropZone: {
      placeholder: '把文件拖到这里，或点击选择',
      acceptedSize: '最大 {{maxSize}}',
      acceptedType: '支持 {{mimeTypes}}',
      unsupportedSize: '文件 {{fileName}} 过大',
      unsupportedType: '不支持文件 {{fileName}} 的类型 {{fileType}}',
    },
  },
};

const en: LibraryTexts = {
  labels: { dashboard: 'Home', filters: 'Filter' },
  actions: { bulkDelete: 'Delete selected' },
  buttons: { resetFilter: 'Clear', applyChanges: 'Apply' },
  messages: {
    successfullyCreated: 'Created',
    successfullyUpdated: 'Saved',
    thereWereValidationErrors: 'Not saved: correct what is marked and try again',
    forbiddenError: 'Your role may not do this',
    anyForbiddenError: 'Your role may not do this',
    errorFetchingRecords: 'The list could not be read; reload, and check the filters',
    errorFetchingRecord: 'The record could not be read; reload and try again',
    error404Resource: 'There is no such page, or your role may not see it',
    error404Action: 'There is no such page or record, or your role may not see it',
    error404Record: 'There is no such record',
    noRecordsInResource: 'Nothing here yet',
    noRecords: 'No record fits',
    seeConsoleForMore: 'Reload the page and try again',
  },
};

/** The library's own texts, where they are missing, wrong or speak of the library. */
export const LIBRARY_TEXTS: Readonly<Record<Language, LibraryTexts>> = { 'zh-CN': zhCn, en };
