namespace MarginalConditional.Report.Pictures;

/// <summary>What a mark stands for; the drawing gives it its colour.</summary>
public enum PictureTone
{
    /// <summary>Data and results without a side.</summary>
    Ink,

    /// <summary>What recedes: context, references, those that are not flagged.</summary>
    Muted,

    /// <summary>The conditional (subject-specific) side.</summary>
    Conditional,

    /// <summary>The marginal (population-averaged) side.</summary>
    Marginal,

    /// <summary>The first of several series without a side.</summary>
    First,

    /// <summary>The second one.</summary>
    Second,

    /// <summary>The third one.</summary>
    Third,

    /// <summary>The fourth one.</summary>
    Fourth,

    /// <summary>The fifth one.</summary>
    Fifth,

    /// <summary>The sixth one.</summary>
    Sixth,
}
