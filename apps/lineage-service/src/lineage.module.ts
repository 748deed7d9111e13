/** The Nest module of the lineage service: its controllers over a service that is already open. */
import { type DynamicModule, Module } from '@nestjs/common';
import { LINEAGE_SERVICE, LineageController } from './lineage.controller.ts';
import type { LineageService } from './service.ts';

@Module({})
export class LineageModule {
  static with(service: LineageService): DynamicModule {
    return {
      module: LineageModule,
      controllers: [LineageController],
      providers: [{ provide: LINEAGE_SERVICE, useValue: service }],
    };
  }
}
