namespace MarginalConditional.Properties.Generators;

/// <summary>What makes a generated trial hard.</summary>
internal enum TrialKind
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>As few clusters as the shape allows.</summary>
    FewClusters,

    /// <summary>Some waves of a cluster are missing, within it as well as at its end.</summary>
    Gaps,

    /// <summary>Few events, or small counts.</summary>
    RareOutcomes,

    /// <summary>One arm has a single event, or a single row without one.</summary>
    NearSeparation,

    /// <summary>Covariates, and continuous outcomes, in thousands or thousandths.</summary>
    ExtremeScales,

    /// <summary>Clusters with higher outcomes are larger.</summary>
    InformativeSizes,
}
