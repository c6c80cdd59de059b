namespace MarginalConditional.Glmm.Fitting;

/// <summary>Where a fit ended, in the iteration's units: all that a later question starts from. Immutable.</summary>
internal sealed class Solution
{
    private readonly double[] parameters;
    private readonly double[] information;
    private readonly double[][] modes;

    private Solution(double[] parameters, double value, double[] information, double[][] modes, int nodes)
    {
        this.parameters = parameters;
        Value = value;
        this.information = information;
        this.modes = modes;
        Nodes = nodes;
    }

    /// <summary>ψ = (β, θ, log φ), scaled.</summary>
    public ReadOnlySpan<double> Parameters => parameters;

    /// <summary>ℓ there, with the penalty if there is one.</summary>
    public double Value { get; }

    /// <summary>The information of the last iteration, m×m.</summary>
    public ReadOnlySpan<double> Information => information;

    /// <summary>The modes of the effects there, one array a level, as a likelihood of the same model keeps them.</summary>
    public IReadOnlyList<double[]> Modes => modes;

    /// <summary>Nodes a dimension.</summary>
    public int Nodes { get; }

    /// <summary>Copies what an iteration has reached; its likelihood was evaluated there last.</summary>
    public static Solution Of(Ascent ascent) => new(
        [.. ascent.Maximizer.Parameters],
        ascent.Maximizer.Value,
        ascent.Maximizer.Curvature.ToArray(),
        ascent.Likelihood.CopyModes(),
        ascent.Nodes);
}
