import CognitoModel
import Foundation
import HTML
import ManagedLogin

/// A client's look that differs from ours in everything: colours, shapes, places, images.
enum SampleBranding {
    static let settings = #"""
        {
          "categories": {
            "auth": {"authMethodOrder": [[{"display": "BUTTON", "type": "FEDERATED"}, {"display": "INPUT", "type": "USERNAME_PASSWORD"}]]},
            "form": {"displayGraphics": true, "location": {"horizontal": "START", "vertical": "CENTER"}},
            "global": {"colorSchemeMode": "DYNAMIC", "pageHeader": {"enabled": true}, "pageFooter": {"enabled": true},
              "spacingDensity": "REGULAR"}
          },
          "componentClasses": {
            "buttons": {"borderRadius": 24}, "input": {"borderRadius": 4},
            "focusState": {"lightMode": {"borderColor": "0f766eff"}, "darkMode": {"borderColor": "5eead4ff"}},
            "link": {"lightMode": {"defaults": {"textColor": "0f766eff"}, "hover": {"textColor": "134e4aff"}},
              "darkMode": {"defaults": {"textColor": "5eead4ff"}, "hover": {"textColor": "99f6e4ff"}}}
          },
          "components": {
            "form": {"borderRadius": 0, "logo": {"enabled": true, "formInclusion": "IN", "location": "START", "position": "TOP"},
              "lightMode": {"backgroundColor": "fffffff2", "borderColor": "00000000"},
              "darkMode": {"backgroundColor": "0b1f1eff", "borderColor": "134e4aff"}},
            "pageBackground": {"image": {"enabled": true}, "lightMode": {"color": "ccfbf1ff"}, "darkMode": {"color": "042f2eff"}},
            "pageHeader": {"logo": {"enabled": true, "location": "START"}, "lightMode": {"background": {"color": "ffffffff"},
              "borderColor": "99f6e4ff"}, "darkMode": {"background": {"color": "0b1f1eff"}, "borderColor": "134e4aff"}},
            "pageFooter": {"logo": {"enabled": false}, "lightMode": {"background": {"color": "ffffffff"},
              "borderColor": "99f6e4ff"}, "darkMode": {"background": {"color": "0b1f1eff"}, "borderColor": "134e4aff"}},
            "primaryButton": {
              "lightMode": {"defaults": {"backgroundColor": "0f766eff", "textColor": "ffffffff"},
                "hover": {"backgroundColor": "115e59ff", "textColor": "ffffffff"}},
              "darkMode": {"defaults": {"backgroundColor": "5eead4ff", "textColor": "042f2eff"},
                "hover": {"backgroundColor": "99f6e4ff", "textColor": "042f2eff"}}}
          }
        }
        """#

    private static func svg(_ shapes: String, box: String) -> Blob {
        Blob(Data("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"\(box)\">\(shapes)</svg>".utf8))
    }

    private static func logo(_ color: String) -> Blob {
        svg(
            "<circle cx='20' cy='20' r='16' fill='\(color)'/><rect x='44' y='12' width='96' height='16' rx='8' fill='\(color)'/>",
            box: "0 0 144 40"
        )
    }

    static func branding() throws -> Branding {
        let waves = svg("<path d='M0 60Q200 0 400 60T800 60V400H0Z' fill='#0f766e' opacity='.18'/>", box: "0 0 800 400")
        let assets = [
            AssetType(category: .formLogo, colorMode: .light, extension: .svg, bytes: logo("#0f766e")),
            AssetType(category: .formLogo, colorMode: .dark, extension: .svg, bytes: logo("#5eead4")),
            AssetType(category: .pageHeaderLogo, colorMode: .dynamic, extension: .svg, bytes: logo("#14b8a6")),
            AssetType(category: .pageBackground, colorMode: .dynamic, extension: .svg, bytes: waves),
        ]
        let document = try RequestDecoder.document(JSONValue.self, from: settings)
        let style = ManagedLoginBrandingType(settings: document, assets: assets)
        return Branding(style, at: LinkURL(path: "/static/branding/1example23456789"))
    }
}
