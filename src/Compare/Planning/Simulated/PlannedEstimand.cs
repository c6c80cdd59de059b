namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>Whose effect a trial is planned for. A closed choice.</summary>
public sealed class PlannedEstimand
{
    private PlannedEstimand(string name, string description) => (Name, Description) = (name, description);

    /// <summary>The effect for a patient at a given cluster, by the mixed model with a random intercept.</summary>
    public static PlannedEstimand Patient { get; } = new("patient", "odds ratio at a cluster, mixed model");

    /// <summary>The rate ratio of counts at a given cluster, by the mixed model with a random intercept.</summary>
    public static PlannedEstimand PatientRate { get; } = new("patient", "rate ratio at a cluster, mixed model");

    /// <summary>The difference in which each participant counts once.</summary>
    public static PlannedEstimand ParticipantAverage { get; } = new("participant average", "difference, each participant counts once");

    /// <summary>The difference in which each cluster counts once.</summary>
    public static PlannedEstimand ClusterAverage { get; } = new("cluster average", "difference, each cluster counts once");

    /// <summary>Its name in tables.</summary>
    public string Name { get; }

    /// <summary>What it is, in words.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
