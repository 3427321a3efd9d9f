/** Draws the pictures of the insight page over the tables that stand behind them. */
