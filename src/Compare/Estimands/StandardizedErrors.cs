namespace MarginalConditional.Compare.Estimands;

/// <summary>How a standardized estimate's standard error is found.</summary>
/// <remarks>
/// The first four look at what each cluster does to the estimate. Leave-one-out errors need no second fit: the parameters without cluster i
/// are one scoring step away, ψ₍ᵢ₎ = ψ̂ − (I − Iᵢ)⁻¹sᵢ (Preisser and Qaqish 1996). The others hold only for trials without clusters.
/// </remarks>
public sealed class StandardizedErrors
{
    private StandardizedErrors(string name, string description, bool forPersons)
    {
        Name = name;
        Description = description;
        IsForPersonsOnly = forPersons;
    }

    /// <summary>The whole estimator without each cluster, predictions at ψ₍ᵢ₎: K·N predictions, no fit.</summary>
    public static StandardizedErrors OneStep { get; } = new("one-step", "leave-one-out, one step", false);

    /// <summary>The same with only the cluster's own predictions at ψ₍ᵢ₎, the others by their slopes: N predictions.</summary>
    public static StandardizedErrors Closed { get; } = new("closed", "leave-one-out, closed form", false);

    /// <summary>The plain influence function: too small with few clusters.</summary>
    public static StandardizedErrors Influence { get; } = new("influence", "influence function", false);

    /// <summary>A second fit without each cluster.</summary>
    public static StandardizedErrors Jackknife { get; } = new("jackknife", "jackknife, refitted", false);

    /// <summary>
    /// Of a mixed model whose crossed random effects reach across the clusters, so that none can be left out: the observed information
    /// where the answer is the model's, plain influences at fixed parameters where it holds whatever the model.
    /// </summary>
    internal static StandardizedErrors OfModel { get; } = new("model", "observed information, covariates fixed", false);

    /// <summary>Ye and others (2023): sampled covariates, robust to the model, for trials randomized by person.</summary>
    public static StandardizedErrors Ye { get; } = new("ye", "Ye, covariates sampled", true);

    /// <summary>Ye's variance with the variance of the residuals themselves.</summary>
    public static StandardizedErrors YeModified { get; } = new("ye-mod", "Ye (modified), covariates sampled", true);

    /// <summary>Ge and others (2011): delta method on the model-based covariance, covariates held fixed.</summary>
    public static StandardizedErrors Ge { get; } = new("ge", "Ge, covariates fixed", true);

    /// <summary>Ge's with the sandwich of White (1980).</summary>
    public static StandardizedErrors GeHc0 { get; } = new("ge-hc0", "Ge (HC0), covariates fixed", true);

    /// <summary>Ge's with n/(n − p) times that.</summary>
    public static StandardizedErrors GeHc1 { get; } = new("ge-hc1", "Ge (HC1), covariates fixed", true);

    /// <summary>Ge's with squared residuals over 1 − h.</summary>
    public static StandardizedErrors GeHc2 { get; } = new("ge-hc2", "Ge (HC2), covariates fixed", true);

    /// <summary>Ge's with squared residuals over (1 − h)².</summary>
    public static StandardizedErrors GeHc3 { get; } = new("ge-hc3", "Ge (HC3), covariates fixed", true);

    /// <summary>All of them, in the order they are shown.</summary>
    public static IReadOnlyList<StandardizedErrors> All { get; } =
        [OneStep, Closed, Influence, Jackknife, Ye, YeModified, Ge, GeHc0, GeHc1, GeHc2, GeHc3];

    /// <summary>What the output calls the standard errors of an estimate.</summary>
    /// <param name="isOfModel">Whether the estimate is the model's own.</param>
    internal string DescriptionOf(bool isOfModel) =>
        this == OfModel && !isOfModel ? "influence function, parameters fixed, clusters taken as independent" : Description;

    /// <summary>The name as <c>--standardized-se</c> spells it.</summary>
    public string Name { get; }

    /// <summary>What the output calls it.</summary>
    public string Description { get; }

    /// <summary>Whether it needs rows that are independent of each other.</summary>
    public bool IsForPersonsOnly { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
