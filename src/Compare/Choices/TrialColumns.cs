namespace MarginalConditional.Compare.Choices;

/// <summary>What the trial's data will be called: a file and its columns. The defaults are those of simulated trials.</summary>
public sealed record TrialColumns
{
    /// <summary>The file. Default <c>trial.csv</c>.</summary>
    public string Data { get; init; } = "trial.csv";

    /// <summary>The outcome. Default <c>y</c>.</summary>
    public string Outcome { get; init; } = "y";

    /// <summary>The treatment, 0 for the reference. Default <c>treatment</c>.</summary>
    public string Treatment { get; init; } = "treatment";

    /// <summary>The clusters; of individuals who are seen several times, who they are. Default <c>cluster</c>.</summary>
    public string Cluster { get; init; } = "cluster";

    /// <summary>The covariate that is adjusted for, where there is one. Default <c>x</c>.</summary>
    public string Covariate { get; init; } = "x";

    /// <summary>The visits of individuals who are seen several times. Default <c>wave</c>.</summary>
    public string Visit { get; init; } = "wave";

    /// <summary>The periods of a trial over time. Default <c>period</c>.</summary>
    public string Period { get; init; } = "period";
}
