namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>What a check of a reason came to.</summary>
public enum ReasonOutcome
{
    /// <summary>The check is a test, and it gives no sign of the reason.</summary>
    NoSign,

    /// <summary>The check is a test, and it speaks for the reason (p below the level of signs).</summary>
    Sign,

    /// <summary>A fact about the data or the fit that the reader has to weigh; nothing was tested.</summary>
    Remark,

    /// <summary>The check does not apply to these data.</summary>
    NotApplicable,
}
