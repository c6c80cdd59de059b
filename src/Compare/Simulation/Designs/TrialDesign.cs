namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>The designs of the library: who gets which treatment when.</summary>
public abstract partial class TrialDesign : ITrialDesign
{
    private TrialDesign(string name, IReadOnlyList<string> columns, int effectColumn)
    {
        Name = name;
        Columns = columns;
        EffectColumn = effectColumn;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public int EffectColumn { get; }

    /// <inheritdoc/>
    public abstract bool IsSaturated { get; }

    /// <inheritdoc/>
    public virtual int Sequences => 2;

    /// <inheritdoc/>
    public virtual int Treatments => 2;

    /// <inheritdoc/>
    public virtual bool TreatsWholeClusters => false;

    /// <inheritdoc/>
    public virtual string? SizeProblem(ISizeLaw size) => null;

    /// <inheritdoc/>
    public virtual int Sequence(int cluster) => cluster % Sequences;

    /// <inheritdoc/>
    public abstract double Treatment(int arm, int row, int size);

    /// <inheritdoc/>
    public virtual int Period(int row, int size) => 0;

    /// <inheritdoc/>
    public virtual int Person(int row, int size) => row;

    /// <inheritdoc/>
    public abstract void Fill(double treatment, int row, int size, Span<double> values);

    /// <inheritdoc/>
    public abstract double[] Coefficients(TrialEffects effects);

    /// <inheritdoc/>
    public virtual double Surplus(TrialEffects effects, int arm, int row, int size) => 0;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
