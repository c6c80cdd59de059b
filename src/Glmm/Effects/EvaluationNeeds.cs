namespace MarginalConditional.Glmm.Effects;

/// <summary>How much of the likelihood an evaluation computes; each includes what comes before.</summary>
internal enum EvaluationNeeds
{
    /// <summary>The log-likelihood.</summary>
    Value,

    /// <summary>Its exact gradient.</summary>
    Gradient,

    /// <summary>Louis' information with the nodes held still.</summary>
    Information,
}
