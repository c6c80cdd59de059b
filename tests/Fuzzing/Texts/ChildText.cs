namespace MarginalConditional.Fuzzing.Texts;

/// <summary>What a child of a study may write: one to eight lines, most of them answers with a part of them spoiled.</summary>
internal static class ChildText
{
    private static readonly string[] Good =
    [
        "{\"ready\": \"geepack 1.3.9\"}",
        "{\"estimate\": 0.51, \"se\": 0.21}",
        "{\"estimate\": -1.25, \"se\": 0.4, \"df\": 18.3, \"converged\": true, \"warnings\": []}",
        "{\"estimate\": 12, \"se\": 3e-5, \"df\": 1, \"warnings\": [\"glm.fit: fitted probabilities numerically 0 or 1 occurred\"]}",
        "{\"estimate\": \"NA\", \"se\": \"NA\", \"converged\": false, \"warnings\": \"singular\"}",
        "{\"error\": \"system is computationally singular: reciprocal condition number = 1e-18\"}",
        "{\"csv\": \"id,arm,y\\n1,0,1\\n1,0,0\\n2,1,1\\n2,1,0\\n3,0,0\\n4,1,1\\n\"}",
        "{\"csv\": \"y,id,arm\\n0,a,1\\n1,b,0\\n1,c,1\\n0,d,0\\n\", \"path\": \"data.csv\"}",
        "{\"path\": \"data.csv\"}",
    ];

    private static readonly string[] Others =
        ["", "Loading required package: Matrix", "[1] 0.51", "null", "0.5", "\"x\"", "{}", "Error in eval(expr) : object 'y' not found"];

    /// <summary>The bytes of the lines.</summary>
    public static byte[] Make(Draws draws)
    {
        var bytes = new List<byte>();
        for (var count = draws.Between(1, 9); count > 0; count--)
        {
            if (draws.OneIn(8))
            {
                bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(draws.Pick(Others)));
            }
            else
            {
                bytes.AddRange(JsonNoise.Of(draws.Pick(Good), draws));
            }

            bytes.Add((byte)'\n');
        }

        return [.. bytes];
    }
}
