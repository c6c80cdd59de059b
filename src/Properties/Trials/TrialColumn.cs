namespace MarginalConditional.Properties.Trials;

/// <summary>A column of numbers of a trial, with a name. Immutable.</summary>
public sealed class TrialColumn
{
    private readonly double[] values;

    /// <summary>Copies the values.</summary>
    /// <param name="name">As the header has it.</param>
    /// <param name="values">n values.</param>
    public TrialColumn(string name, ReadOnlySpan<double> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        this.values = values.ToArray();
    }

    /// <summary>As the header has it.</summary>
    public string Name { get; }

    /// <summary>n values.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The column with other values, each made of the old one.</summary>
    public TrialColumn Map(Func<double, double> change) => new(Name, Array.ConvertAll(values, value => change(value)));

    /// <summary>The column on some rows, in their order.</summary>
    internal TrialColumn Take(ReadOnlySpan<int> rows)
    {
        var taken = new double[rows.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = values[rows[i]];
        }

        return new TrialColumn(Name, taken);
    }
}
