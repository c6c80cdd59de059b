namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>The designs of the library: who gets which treatment when.</summary>
/// <remarks>Clusters of even number belong to arm 0, those of odd number to arm 1.</remarks>
public abstract partial class TrialDesign : ITrialDesign
{
    private TrialDesign(string name, IReadOnlyList<string> columns, int effectColumn)
    {
        Name = name;
        Columns = columns;
        EffectColumn = effectColumn;
    }

    /// <summary>As a study file writes it.</summary>
    public string Name { get; }

    /// <summary>The names of the design's columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The column whose coefficient is the effect of interest.</summary>
    public int EffectColumn { get; }

    /// <summary>
    /// Whether the marginal mean depends on the treatment alone, so that the marginal effect is one number without further averaging.
    /// </summary>
    public abstract bool IsSaturated { get; }

    /// <summary>What is wrong with a cluster size for this design, as a full sentence; null when nothing is.</summary>
    public abstract string? SizeProblem(ISizeLaw size);

    /// <summary>The treatment, 0 or 1, of a row.</summary>
    /// <param name="arm">The cluster's arm or sequence, 0 or 1.</param>
    /// <param name="row">The row within the cluster, from 0.</param>
    /// <param name="size">The cluster's number of rows.</param>
    public abstract double Treatment(int arm, int row, int size);

    /// <summary>The values of the design's columns for a row under a treatment.</summary>
    public abstract void Fill(double treatment, int row, int size, Span<double> values);

    /// <summary>The columns' coefficients, link scale.</summary>
    public abstract double[] Coefficients(TrialEffects effects);

    /// <summary>What the data have beyond the design's columns, link scale: carry-over.</summary>
    public virtual double Surplus(TrialEffects effects, int arm, int row, int size) => 0;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
