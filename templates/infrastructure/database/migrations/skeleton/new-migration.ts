import { DataTypes } from "sequelize";
import type { MigrationStep } from "../migration.ts";

export const up: MigrationStep = async ({ queryInterface }) => {
  await queryInterface.addColumn("table", "column", {
    type: DataTypes.TEXT,
  });
};

export const down: MigrationStep = async ({ queryInterface }) => {
  await queryInterface.removeColumn("table", "column");
};
