namespace MarginalConditional.Compare.Estimands;

/// <summary>What a row of a comparison estimates: a closed list, each with the question it answers.</summary>
public sealed class Estimand
{
    private Estimand(string key, string name, string question, bool marginal)
    {
        Key = key;
        Name = name;
        Question = question;
        IsMarginal = marginal;
    }

    /// <summary>The effect for one cluster (one patient seen repeatedly), the random effects held fixed.</summary>
    public static Estimand Conditional { get; } = new("conditional", "Conditional", "this {0}", marginal: false);

    /// <summary>The mixed model's own effect in the population, averaged over its random effects.</summary>
    public static Estimand Marginalized { get; } = new("marginalized", "Marginalized", "all, by the same model", marginal: true);

    /// <summary>The effect in the population, from estimating equations for the marginal mean.</summary>
    public static Estimand Marginal { get; } = new("marginal", "Marginal", "all {1}", marginal: true);

    /// <summary>The effect in the population, from the likelihood of a marginalized multilevel model.</summary>
    public static Estimand MarginalLikelihood { get; } = new("marginal-likelihood", "Marginal likelihood", "all {1}", marginal: true);

    /// <summary>The contrast of the mean outcome if everybody were treated and if nobody were.</summary>
    public static Estimand Standardized { get; } = new("standardized", "Standardized", "all {1}, covariates too", marginal: true);

    /// <summary>The name in JSON.</summary>
    public string Key { get; }

    /// <summary>The name in tables.</summary>
    public string Name { get; }

    /// <summary>Whether it averages over the clusters.</summary>
    public bool IsMarginal { get; }

    private string Question { get; }

    /// <summary>Whom the answer is about, in the fewest words.</summary>
    /// <param name="trial">What a cluster is called: <c>patient</c>, <c>cluster</c>.</param>
    public string QuestionFor(TrialDescription trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, Question, trial.Unit, trial.Units);
    }

    /// <inheritdoc/>
    public override string ToString() => Key;
}
