using MarginalConditional.Data.Coding;

namespace MarginalConditional.Data.Frames;

/// <summary>One random-effects term, such as <c>(time | patient)</c>, on the rows of a frame: its grouping and its n×q columns Z.</summary>
public sealed class RandomTermDesign
{
    private readonly int[] groups;
    private readonly double[] values;
    private readonly Func<int, string> label;

    /// <summary>Wraps the arrays (not copied).</summary>
    /// <param name="group">The grouping's name, <c>patient</c> or, for <c>(1 | a/b)</c>, <c>b:a</c> as lme4 writes it.</param>
    /// <param name="groups">One a row: the group's index, 0 to <paramref name="groupCount"/>
    /// − 1, non-decreasing in the order of the frame for hierarchical groupings.</param>
    /// <param name="groupCount">The number of distinct groups.</param>
    /// <param name="label">The label of a group, made on demand.</param>
    /// <param name="names">The q names of the columns, such as <c>(Intercept)</c> and <c>time</c>.</param>
    /// <param name="values">n×q, column-major.</param>
    /// <param name="correlated">Whether the q effects may be correlated (<c>|</c>) or not (<c>||</c>).</param>
    public RandomTermDesign(
        string group,
        int[] groups,
        int groupCount,
        Func<int, string> label,
        IReadOnlyList<string> names,
        double[] values,
        bool correlated)
    {
        Group = group;
        this.groups = groups;
        GroupCount = groupCount;
        this.label = label;
        Names = names;
        this.values = values;
        Correlated = correlated;
    }

    /// <summary>The grouping's name.</summary>
    public string Group { get; }

    /// <summary>The number of distinct groups.</summary>
    public int GroupCount { get; }

    /// <summary>The group's index of each row.</summary>
    public ReadOnlySpan<int> Groups => groups;

    /// <summary>The q names of the effects.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>q, the number of effects a group.</summary>
    public int Dimension => Names.Count;

    /// <summary>Whether the term is one random intercept and nothing else.</summary>
    public bool IsIntercept => Names is [DesignMatrix.InterceptName];

    /// <summary>Whether the covariance of the q effects is unrestricted; if not it is diagonal.</summary>
    public bool Correlated { get; }

    /// <summary>Z, n×q, column-major.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>One column of Z, n values.</summary>
    public ReadOnlySpan<double> Column(int index) => values.AsSpan(index * groups.Length, groups.Length);

    /// <summary>The label of a group, as in the data; the parts of a nested grouping are joined by a colon.</summary>
    public string Label(int groupIndex) => label(groupIndex);
}
