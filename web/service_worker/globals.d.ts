// What the service worker's scripts share: Workbox's global, and the build's list.

/** One file of the app, as precache.json has it. */
interface AppFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** As `build/*.prod.js` of the Workbox packages make it. */
declare const workbox: {
  core: typeof import("workbox-core");
  precaching: typeof import("workbox-precaching");
  routing: typeof import("workbox-routing");
  strategies: typeof import("workbox-strategies");
};

/** TypeScript's own library knows Trusted Types in a window alone. */
interface ServiceWorkerGlobalScope {
  readonly trustedTypes?: import("trusted-types/lib").TrustedTypePolicyFactory;
}
