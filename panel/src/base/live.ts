import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/**
 * Listens to the server's events as long as the page is open and has the decisions read again when one has changed.
 * The browser connects again by itself after a loss.
 *
 * @returns whether the connection stands
 */
export function useLive(): boolean {
  const queries = useQueryClient()
  const [live, setLive] = useState(false)

  useEffect(() => {
    const events = new EventSource('/api/decisions/stream')
    events.addEventListener('open', () => {
      setLive(true)
      // What happened while the connection was lost was not announced.
      void queries.invalidateQueries({ queryKey: ['decisions'] })
    })
    events.addEventListener('error', () => setLive(false))
    events.addEventListener('decision', () => void queries.invalidateQueries({ queryKey: ['decisions'] }))
    return () => events.close()
  }, [queries])

  return live
}
