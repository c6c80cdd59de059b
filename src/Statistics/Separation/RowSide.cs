namespace MarginalConditional.Statistics.Separation;

/// <summary>
/// Where an outcome lies in the range of its mean, which says what an infinite linear predictor would do to its likelihood.
/// </summary>
public enum RowSide
{
    /// <summary>The likelihood of the row rises as its linear predictor falls to −∞: no event, or a count of 0.</summary>
    Below = -1,

    /// <summary>The likelihood of the row has its maximum at a finite linear predictor.</summary>
    Inside = 0,

    /// <summary>The likelihood of the row rises as its linear predictor grows to ∞: all trials are events.</summary>
    Above = 1,

    /// <summary>The row does not count: its weight is 0.</summary>
    LeftOut = 2,
}
