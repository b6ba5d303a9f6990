import { Model } from "sequelize";
import type { Association, ModelStatic } from "sequelize";
import { modelOf, valuesOf } from "./model-key.ts";

/** A foreign key that takes its value from another object as soon as that one has its key. */
export interface Link {
  readonly child: Model;
  readonly foreignKey: string;
  readonly parent: Model;
  readonly key: string;
}

/** New objects, and how they hang together. */
export interface Family {
  readonly members: readonly Model[];
  readonly links: readonly Link[];
}

// Documented properties of the associations that the type declarations leave out.
interface AssociationDetails extends Association {
  readonly sourceKey?: string;
  readonly targetKey?: string;
  readonly otherKey?: string;
  readonly scope?: object | null;
  readonly throughModel?: ModelStatic<Model>;
}

/** Follows the associated objects of new objects (`comment.post = post`): new ones among them are written too. */
export function gatherFamily(added: Iterable<Model>): Family {
  const members = new Set(added);
  const links: Link[] = [];
  const joined = new Map<Model, Set<Model>>();
  for (const member of members) {
    if (!member.isNewRecord) continue;
    for (const association of Object.values(modelOf(member).associations)) {
      for (const other of associated(member, association.as)) {
        members.add(other);
        // Both sides may list each other; one row joins them.
        if (association.associationType === "BelongsToMany") {
          if (joined.get(other)?.has(member)) continue;
          joined.set(member, (joined.get(member) ?? new Set()).add(other));
        }
        links.push(...link(members, member, association, other));
      }
    }
  }
  return { members: [...members], links };
}

/** Fills in a foreign key; false while the parent has no key yet. */
export function applyLink({ child, foreignKey, parent, key }: Link): boolean {
  const value = valuesOf(parent)[key] ?? null;
  if (value === null) return false;
  if (valuesOf(child)[foreignKey] !== value) child.set(foreignKey, value);
  return true;
}

/** The objects that stand in an association's property, whether built in (`include`) or assigned. */
function associated(instance: Model, as: string): Model[] {
  const value: unknown = Reflect.get(instance, as);
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item) => item instanceof Model);
}

function link(
  members: Set<Model>,
  member: Model,
  association: AssociationDetails,
  other: Model,
): Link[] {
  const { foreignKey, associationType } = association;
  const ownKey = association.sourceKey ?? keyName(member);
  const otherKey = association.targetKey ?? keyName(other);
  if (associationType === "BelongsTo") {
    return [{ child: member, foreignKey, parent: other, key: otherKey }];
  }
  if (associationType !== "BelongsToMany") {
    if (association.scope) other.set(association.scope);
    return [{ child: other, foreignKey, parent: member, key: ownKey }];
  }
  const pair = buildPair(association, other);
  if (pair === undefined) return [];
  members.add(pair);
  return [
    { child: pair, foreignKey, parent: member, key: ownKey },
    {
      child: pair,
      foreignKey: association.otherKey ?? "",
      parent: other,
      key: otherKey,
    },
  ];
}

/** The row that joins two objects; further columns come from `other.<ThroughModel>`, as with Sequelize. */
function buildPair(
  association: AssociationDetails,
  other: Model,
): Model | undefined {
  const through = association.throughModel;
  if (through === undefined) return undefined;
  const extra: unknown = Reflect.get(other, through.name);
  const values: unknown = extra instanceof Model ? extra.dataValues : extra;
  return through.build(Object.assign({}, values));
}

function keyName(instance: Model): string {
  return modelOf(instance).primaryKeyAttribute;
}
