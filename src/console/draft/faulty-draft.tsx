/** Stands where the draft's text can't be read as a policy: forms change a policy, so it has to be mended as text. */

export const FaultyDraft = () => (
  <p class="fault part">
    The draft’s text has faults, so that what it means can’t be shown yet. Mend it under{' '}
    <a href="/-/console/versions#draft">Versions</a>; below is what is in force.
  </p>
);
