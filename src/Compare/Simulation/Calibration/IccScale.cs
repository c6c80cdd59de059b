namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>What an intracluster correlation is that of.</summary>
public abstract class IccScale
{
    private IccScale(string name) => Name = name;

    /// <summary>The correlation of two outcomes of one cluster under control.</summary>
    /// <remarks>Var E(Y|b) / {Var E(Y|b) + E Var(Y|b)}.</remarks>
    public static IccScale Outcome { get; } = new OutcomeScale();

    /// <summary>σ² over σ² and the variance of the latent variable behind a binary outcome: π²/3 (logit), 1, π²/6.</summary>
    /// <remarks>Goldstein, Browne and Rasbash (2002), section 2.3.</remarks>
    public static IccScale Latent { get; } = new LatentScale();

    /// <summary>All scales, the default first.</summary>
    public static IReadOnlyList<IccScale> All => [Outcome, Latent];

    /// <summary>As a study file writes it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class OutcomeScale() : IccScale("outcome");

    private sealed class LatentScale() : IccScale("latent");
}
