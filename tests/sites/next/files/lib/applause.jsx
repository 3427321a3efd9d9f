'use client';
import { useEffect, useState } from 'react';

export default function Applause() {
  const [count, setCount] = useState(0);
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return (
    <button id="applause" type="button" data-alive={alive} onClick={() => setCount(count + 1)}>
      Applause: {count}
    </button>
  );
}
