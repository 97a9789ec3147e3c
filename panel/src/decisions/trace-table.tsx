import { Badge, Card, Code, Group, Stack, Table, Text } from '@mantine/core'
import { IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { TraceLeaf } from '../base/api.js'
import { useFormat } from '../base/format.js'
import { currentLanguage } from '../language/language.js'

/** Every line of a condition with both of its sides: a table on wide screens, cards on phones. */
export function TraceTable({ title, leaves }: { readonly title: string; readonly leaves: readonly TraceLeaf[] }) {
  const { t } = useTranslation()
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {title}
      </Text>
      <Table visibleFrom="sm" withTableBorder verticalSpacing="xs" aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={44} />
            <Table.Th>{t('trace.condition')}</Table.Th>
            <Table.Th ta="right">{t('trace.value')}</Table.Th>
            <Table.Th ta="right">{t('trace.threshold')}</Table.Th>
            <Table.Th ta="right">{t('trace.distance')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {leaves.map((leaf) => (
            <LeafRow key={leaf.path} leaf={leaf} />
          ))}
        </Table.Tbody>
      </Table>
      <Stack hiddenFrom="sm" gap="xs">
        {leaves.map((leaf) => (
          <LeafCard key={leaf.path} leaf={leaf} />
        ))}
      </Stack>
    </Stack>
  )
}

function LeafRow({ leaf }: { readonly leaf: TraceLeaf }) {
  const format = useFormat()
  return (
    <Table.Tr>
      <Table.Td>
        <ResultBadge result={leaf.result} />
      </Table.Td>
      <Table.Td>
        <LeafText leaf={leaf} />
      </Table.Td>
      <Table.Td ta="right" className="figure">
        {format.side(leaf.left, leaf)}
      </Table.Td>
      <Table.Td ta="right" className="figure">
        {format.side(leaf.right, leaf)}
      </Table.Td>
      <Table.Td ta="right" className="figure">
        {format.distance(leaf)}
      </Table.Td>
    </Table.Tr>
  )
}

function LeafCard({ leaf }: { readonly leaf: TraceLeaf }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card withBorder padding="xs">
      <Group gap="xs" align="start" wrap="nowrap">
        <ResultBadge result={leaf.result} />
        <Stack gap={4} flex={1}>
          <LeafText leaf={leaf} />
          <Group justify="space-between" gap="xs">
            <Text size="sm">
              {t('trace.value')}: <span className="figure">{format.side(leaf.left, leaf)}</span>
            </Text>
            <Text size="sm">
              {t('trace.threshold')}: <span className="figure">{format.side(leaf.right, leaf)}</span>
            </Text>
          </Group>
        </Stack>
      </Group>
    </Card>
  )
}

function LeafText({ leaf }: { readonly leaf: TraceLeaf }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Stack gap={2}>
      <Text size="sm">{leaf.inWords[currentLanguage()]}</Text>
      <Code style={{ whiteSpace: 'normal', alignSelf: 'start' }}>{leaf.condition}</Code>
      {leaf.windows.map((window) => (
        <Text key={window.source} size="xs" c="dimmed">
          {window.source}: {t('trace.window', { since: format.day(window.since), until: format.day(window.until) })}
        </Text>
      ))}
      {leaf.notes?.map((note) => (
        <Text key={note} size="xs" c="dimmed">
          {note}
        </Text>
      ))}
      {leaf.because !== undefined && (
        <Text size="xs" c="dimmed">
          {leaf.because}
        </Text>
      )}
    </Stack>
  )
}

/** Colour is never the only sign: each result has an icon and a name too. */
function ResultBadge({ result }: { readonly result: boolean | null }) {
  const { t } = useTranslation()
  const name = t(`trace.result.${String(result) as 'true' | 'false' | 'null'}`)
  const [colour, Icon] =
    result === null
      ? (['yellow', IconQuestionMark] as const)
      : result
        ? (['teal', IconCheck] as const)
        : (['gray', IconX] as const)
  return (
    <Badge circle size="lg" color={colour} variant="light" aria-label={name} title={name}>
      <Icon size={14} aria-hidden />
    </Badge>
  )
}
