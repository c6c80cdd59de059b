namespace MarginalConditional.Meta.Effects;

/// <summary>Which 2×2 tables receive the continuity correction. Closed: the four cases are static members.</summary>
public abstract class ZeroCellRule
{
    private ZeroCellRule(string code) => Code = code;

    /// <summary>The name on the command line: <c>only0</c>, <c>all</c>, <c>if0all</c> or <c>none</c>.</summary>
    public string Code { get; }

    /// <summary>Tables that hold a zero (the usual choice).</summary>
    public static ZeroCellRule OnlyZero { get; } = new OnlyZeroRule();

    /// <summary>Every table.</summary>
    public static ZeroCellRule Every { get; } = new EveryRule();

    /// <summary>Every table when at least one of them holds a zero, else none.</summary>
    public static ZeroCellRule EveryIfAnyZero { get; } = new EveryIfAnyZeroRule();

    /// <summary>No table.</summary>
    public static ZeroCellRule Never { get; } = new NeverRule();

    /// <summary>The four cases.</summary>
    public static IReadOnlyList<ZeroCellRule> All { get; } = [OnlyZero, Every, EveryIfAnyZero, Never];

    internal abstract bool Applies(TwoByTwo table, bool anyZero);

    private sealed class OnlyZeroRule() : ZeroCellRule("only0")
    {
        internal override bool Applies(TwoByTwo table, bool anyZero) => table.HasZero;
    }

    private sealed class EveryRule() : ZeroCellRule("all")
    {
        internal override bool Applies(TwoByTwo table, bool anyZero) => true;
    }

    private sealed class EveryIfAnyZeroRule() : ZeroCellRule("if0all")
    {
        internal override bool Applies(TwoByTwo table, bool anyZero) => anyZero;
    }

    private sealed class NeverRule() : ZeroCellRule("none")
    {
        internal override bool Applies(TwoByTwo table, bool anyZero) => false;
    }
}
