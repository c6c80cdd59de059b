namespace MarginalConditional.Data.Formulas;

/// <summary>The left side of a formula.</summary>
public abstract partial class ResponseSpecification
{
    private ResponseSpecification(string text) => Text = text;

    /// <summary>The left side with R's spacing.</summary>
    public string Text { get; }

    /// <summary>The columns it names.</summary>
    public abstract IReadOnlyList<string> Variables { get; }
}
