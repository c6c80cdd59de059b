namespace MarginalConditional.Cli.Results;

/// <summary>How a number of a fit is brought together over imputed data sets.</summary>
internal enum QuantityKind
{
    /// <summary>Not at all: a log-likelihood or criterion, of which only the range is shown.</summary>
    Criterion,

    /// <summary>By its mean.</summary>
    Plain,

    /// <summary>A standard deviation: the root of the mean variance; at its boundary where it is 0.</summary>
    Deviation,

    /// <summary>A correlation: by Fisher's z.</summary>
    Correlation,

    /// <summary>A share, such as an intraclass correlation: by log odds.</summary>
    Share,
}
