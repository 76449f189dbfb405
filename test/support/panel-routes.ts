import 'reflect-metadata';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { AuthModule } from '../../apps/admin/src/auth/auth.module.js';
import { CommandsModule } from '../../apps/admin/src/commands.module.js';

type Controller = new (...args: never[]) => object;

export interface PanelRoute {
  readonly method: 'GET' | 'POST';
  /** With its parameters, such as `admin/command/orders/:id/cancel`. */
  readonly path: string;
}

const textOf = (key: string, target: object): string =>
  (Reflect.getMetadata(key, target) as string | undefined) ?? '';

/** Every call of our own controllers, as the framework mounts them. */
export function panelRoutes(): PanelRoute[] {
  const modules = [AuthModule, CommandsModule];
  const controllers = modules.flatMap(
    (module) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) as Controller[],
  );
  const routes = controllers.flatMap((controller) => {
    const handlers = Object.values(Object.getOwnPropertyDescriptors(controller.prototype))
      .map(({ value }) => value as unknown)
      .filter((value) => typeof value === 'function');
    return handlers.flatMap((handler): PanelRoute[] => {
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const path = [textOf(PATH_METADATA, controller), textOf(PATH_METADATA, handler)]
        .map((part) => part.replace(/^\/|\/$/g, ''))
        .filter((part) => part !== '')
        .join('/');
      return [{ method: method === RequestMethod.GET ? 'GET' : 'POST', path }];
    });
  });
  return routes.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

export const nameOf = ({ method, path }: PanelRoute): string =>
  `${method} ${path.replace(/^admin\//, '')}`;
