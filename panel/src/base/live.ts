import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/**
 * Listens to the server's events while the page is open and refetches the decisions when one has changed.
 * The browser reconnects by itself.
 *
 * @returns whether the page is connected
 */
export function useLive(): boolean {
  const queries = useQueryClient()
  const [live, setLive] = useState(false)

  useEffect(() => {
    const events = new EventSource('/api/decisions/stream')
    events.addEventListener('open', () => {
      setLive(true)
      // Events sent while the connection was down are lost, so read everything again.
      void queries.invalidateQueries({ queryKey: ['decisions'] })
    })
    events.addEventListener('error', () => setLive(false))
    events.addEventListener('decision', () => void queries.invalidateQueries({ queryKey: ['decisions'] }))
    return () => events.close()
  }, [queries])

  return live
}
