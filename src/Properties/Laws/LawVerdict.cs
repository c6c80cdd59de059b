namespace MarginalConditional.Properties.Laws;

/// <summary>What is known of a law and an estimator.</summary>
public enum LawVerdict
{
    /// <summary>Nothing that was tried breaks it.</summary>
    Holds,

    /// <summary>Something breaks it.</summary>
    Broken,

    /// <summary>The sequence of looks came to its end between right and wrong.</summary>
    Undecided,

    /// <summary>The estimator answered on too few data sets.</summary>
    Untested,

    /// <summary>The law is not about this estimator.</summary>
    OutsideDomain,
}
